using Microblog.ClientEntities.Entities;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.AnswerFollowRequests;

internal static class ListFollowRequestsEndpoint
{
    public static void MapListFollowRequests(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/follow_requests", Handle)
            .RequireScope("read:follows")
            .Describe("Accounts that ask to follow the caller", Field.Paging);

    private static async Task<Ok<IReadOnlyList<Account>>> Handle(
        RequestFields fields,
        Caller caller,
        AccountPages pages,
        HttpContext http,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await pages.Read(
            RelationList.FollowRequests, caller.AccountId, AccountPages.PageOf(fields), http, cancellationToken));
}
