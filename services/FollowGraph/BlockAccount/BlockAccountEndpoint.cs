using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.BlockAccount;

internal static class BlockAccountEndpoint
{
    public static void MapBlockAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/block", Handle)
            .RequireScope("write:blocks")
            .Describe("Block an account; neither follows the other afterwards");

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        IOptions<FollowGraphOptions> options,
        CancellationToken cancellationToken) =>
        changes.Try(caller, id, (pair, _) => Block(pair, options.Value.RelationsOfAKindMax), cancellationToken);

    private static JsonHttpResult<ClientError>? Block(Pair pair, int blocksMax)
    {
        if (pair.Caller.Block is null && pair.Caller.Person.BlocksCount >= blocksMax)
            return RelationshipChanges.TooMany("block", blocksMax);
        pair.Block();
        return null;
    }
}
