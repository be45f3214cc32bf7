using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.EndorseAccount;

/// <summary>
/// Featuring accounts on a profile is not offered: the relationship is answered as it is, never endorsed.
/// </summary>
internal static class EndorseAccountEndpoint
{
    public static void MapEndorseAccount(this IEndpointRouteBuilder app)
    {
        foreach (var verb in (string[])["pin", "unpin", "endorse", "unendorse"])
            app.MapPost($"/api/v1/accounts/{{id}}/{verb}", Handle)
                .RequireScope("write:accounts")
                .Describe("Answers with the relationship; featuring accounts is not offered");
    }

    private static Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken) =>
        changes.Make(caller, id, _ => { }, cancellationToken);
}
