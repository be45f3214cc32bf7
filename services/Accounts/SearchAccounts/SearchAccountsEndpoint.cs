using Microblog.Accounts.Storage;
using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.SearchAccounts;

internal static class SearchAccountsEndpoint
{
    private const int DefaultLimit = 40;

    public static void MapSearchAccounts(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/search", Handle)
            .Describe(
                "Accounts by a part of their name",
                Field.Text("q"),
                Field.Number("limit", "40, at most 80."),
                Field.Number("offset"),
                Field.Flag("resolve", "Accepted; all accounts are local."),
                Field.Flag("following", "Only accounts that the caller follows."))
            .RequireScope("read:accounts");

    private static async Task<Results<Ok<IReadOnlyList<Account>>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        Caller caller,
        AccountSearch search,
        RelationDirectory relations,
        AccountRenderer accounts,
        CancellationToken cancellationToken)
    {
        if (fields.Text("q") is not { Length: > 0 } query)
            return ClientErrors.Missing("q");
        var offset = fields.Number("offset") ?? 0;
        if (offset < 0)
            return ClientErrors.With(StatusCodes.Status400BadRequest, ClientErrors.NegativeLimit);

        var among = fields.Flag("following") == true
            ? await Followed(caller.AccountId, relations, cancellationToken)
            : null;
        var found = await search.Find(
            query,
            fields.Limit(DefaultLimit, AccountSearch.LimitMax),
            (int)Math.Min(offset, AccountSearch.OffsetMax),
            among,
            cancellationToken);
        return TypedResults.Ok(await accounts.Render(found, cancellationToken));
    }

    private static async Task<IReadOnlyCollection<long>> Followed(
        long accountId,
        RelationDirectory relations,
        CancellationToken cancellationToken)
    {
        var standings = await relations.All(accountId, cancellationToken);
        return [.. standings.Where(other => other.Value.HasFlag(Standing.Following)).Select(other => other.Key)];
    }
}
