using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.UnfollowAccount;

internal static class UnfollowAccountEndpoint
{
    public static void MapUnfollowAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/unfollow", Handle)
            .RequireScope("write:follows")
            .Describe("Stop following an account, or take back the request to");

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken) =>
        changes.Make(caller, id, pair => pair.EndFollow(pair.Caller, pair.Other), cancellationToken);
}
