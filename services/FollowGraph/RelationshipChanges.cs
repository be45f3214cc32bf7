using System.Globalization;
using Microblog.ClientEntities;
using Microblog.Contracts.Accounts;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph;

/// <summary>What every change of a relationship has in common: the other must exist and be somebody else.</summary>
internal sealed class RelationshipChanges(AccountDirectory accounts, PairChanges pairs, Relationships relationships)
{
    /// <summary>Makes the change and answers with the relationship after it.</summary>
    public Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Make(
        Caller caller,
        long otherId,
        Action<Pair> change,
        CancellationToken cancellationToken) => Try(
            caller,
            otherId,
            (pair, _) =>
            {
                change(pair);
                return null;
            },
            cancellationToken);

    /// <summary>Makes the change unless it answers with a refusal.</summary>
    public async Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Try(
        Caller caller,
        long otherId,
        Func<Pair, AccountProfile, JsonHttpResult<ClientError>?> change,
        CancellationToken cancellationToken)
    {
        if (otherId == caller.AccountId)
            return ClientErrors.NotFound();
        var found = await accounts.Find([otherId], cancellationToken);
        if (!found.TryGetValue(otherId, out var other))
            return ClientErrors.NotFound();

        JsonHttpResult<ClientError>? refusal = null;
        await pairs.Make(
            caller.AccountId,
            otherId,
            pair => (refusal = change(pair, other.Profile)) is null,
            cancellationToken);
        if (refusal is not null)
            return refusal;
        return TypedResults.Ok((await relationships.Of(caller.AccountId, [otherId], cancellationToken)).Single());
    }

    /// <summary>The answer to one relation too many.</summary>
    public static JsonHttpResult<ClientError> TooMany(string what, int max) => ClientErrors.Invalid(
        string.Create(CultureInfo.InvariantCulture, $"You cannot {what} more than {max} accounts"));
}
