using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.RemoveFollower;

internal static class RemoveFollowerEndpoint
{
    public static void MapRemoveFollower(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/remove_from_followers", Handle)
            .RequireScope("write:follows")
            .Describe("Make an account stop following the caller");

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken) =>
        changes.Make(caller, id, pair => pair.EndFollow(pair.Other, pair.Caller), cancellationToken);
}
