using Microblog.ClientEntities.Entities;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.ListBlocks;

internal static class ListBlocksEndpoint
{
    public static void MapListBlocks(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/blocks", Handle)
            .RequireScope("read:blocks")
            .Describe("Accounts that the caller blocks", Field.Paging);

    private static async Task<Ok<IReadOnlyList<Account>>> Handle(
        RequestFields fields,
        Caller caller,
        AccountPages pages,
        HttpContext http,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await pages.Read(
            RelationList.Blocks, caller.AccountId, AccountPages.PageOf(fields), http, cancellationToken));
}
