using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.MuteAccount;

internal static class UnmuteAccountEndpoint
{
    public static void MapUnmuteAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/unmute", Handle)
            .RequireScope("write:mutes")
            .Describe("Stop muting an account");

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken) =>
        changes.Make(caller, id, pair => pair.Unmute(), cancellationToken);
}
