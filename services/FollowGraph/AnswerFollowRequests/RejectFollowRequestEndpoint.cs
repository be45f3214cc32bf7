using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.AnswerFollowRequests;

internal static class RejectFollowRequestEndpoint
{
    public static void MapRejectFollowRequest(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/follow_requests/{id}/reject", Handle)
            .RequireScope("write:follows")
            .Describe("Refuse a follow");

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken) =>
        changes.Make(caller, id, pair => pair.DropRequest(pair.Other), cancellationToken);
}
