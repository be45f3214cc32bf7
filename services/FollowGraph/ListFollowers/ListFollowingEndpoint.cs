using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.ListFollowers;

internal static class ListFollowingEndpoint
{
    public static void MapListFollowing(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/{id}/following", Handle)
            .AllowScope("read:accounts")
            .Describe("Accounts that this one follows", Field.Paging);

    private static async Task<Results<Ok<IReadOnlyList<Account>>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        RequestFields fields,
        AccountDirectory accounts,
        AccountPages pages,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var page = AccountPages.PageOf(fields);
        if ((await accounts.Find([id], cancellationToken)).Count == 0)
            return ClientErrors.NotFound();
        return TypedResults.Ok(await pages.Read(RelationList.Following, id, page, http, cancellationToken));
    }
}
