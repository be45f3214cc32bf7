using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.BlockAccount;

internal static class UnblockAccountEndpoint
{
    public static void MapUnblockAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/unblock", Handle)
            .RequireScope("write:blocks")
            .Describe("Stop blocking an account");

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken) =>
        changes.Make(caller, id, pair => pair.Unblock(), cancellationToken);
}
