using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.AnswerFollowRequests;

internal static class AuthorizeFollowRequestEndpoint
{
    public static void MapAuthorizeFollowRequest(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/follow_requests/{id}/authorize", Handle)
            .RequireScope("write:follows")
            .Describe("Let an account follow the caller");

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken) =>
        changes.Try(caller, id, (pair, _) => Authorize(pair), cancellationToken);

    private static JsonHttpResult<ClientError>? Authorize(Pair pair)
    {
        // Answering twice is no mistake; answering what was never asked is.
        if (pair.Other.Request is { } request)
            pair.Follow(pair.Other, pair.Caller, request.ShowsBoosts, request.Notifies);
        return pair.Other.Follow is null ? ClientErrors.NotFound() : null;
    }
}
