using Microblog.ClientEntities;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.ReadRelationships;

internal static class ReadRelationshipsEndpoint
{
    /// <summary>Accounts one call may ask about; what is beyond is left out.</summary>
    private const int AccountsMax = 80;

    public static void MapReadRelationships(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/relationships", Handle)
            .RequireScope("read:follows")
            .Describe(
                "How the caller stands to accounts",
                Field.Ids("id", "At most 80 accounts; unknown ones are left out."),
                Field.Flag("with_suspended", "Accepted and not used."));

    private static async Task<Ok<IReadOnlyList<Relationship>>> Handle(
        RequestFields fields,
        Caller caller,
        AccountDirectory accounts,
        Relationships relationships,
        CancellationToken cancellationToken)
    {
        long[] asked = [.. fields.Ids("id").Take(AccountsMax)];
        var known = await accounts.Find(asked, cancellationToken);
        return TypedResults.Ok(await relationships.Of(
            caller.AccountId,
            [.. asked.Where(known.ContainsKey)],
            cancellationToken));
    }
}
