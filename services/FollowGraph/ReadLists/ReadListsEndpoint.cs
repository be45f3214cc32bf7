using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.ReadLists;

/// <summary>Lists are not offered yet: there are none, and none can be made.</summary>
internal static class ReadListsEndpoint
{
    private const string NotOffered = "Lists are not available on this server";

    public static void MapReadLists(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/lists", None).RequireScope("read:lists").Describe("Always empty");
        app.MapGet("/api/v1/accounts/{id}/lists", None).RequireScope("read:lists").Describe("Always empty");
        app.MapPost("/api/v1/lists", Refuse).RequireScope("write:lists").Describe("Refused: lists are not available");
        app.MapGet("/api/v1/lists/{id}", NotFound).RequireScope("read:lists").Describe("Always 404");
        app.MapPut("/api/v1/lists/{id}", NotFound).RequireScope("write:lists").Describe("Always 404");
        app.MapDelete("/api/v1/lists/{id}", NotFound).RequireScope("write:lists").Describe("Always 404");
        app.MapGet("/api/v1/lists/{id}/accounts", NotFound).RequireScope("read:lists").Describe("Always 404");
        app.MapPost("/api/v1/lists/{id}/accounts", NotFound).RequireScope("write:lists").Describe("Always 404");
        app.MapDelete("/api/v1/lists/{id}/accounts", NotFound).RequireScope("write:lists").Describe("Always 404");
    }

    private static Ok<IReadOnlyList<object>> None() => TypedResults.Ok<IReadOnlyList<object>>([]);

    private static JsonHttpResult<ClientError> Refuse() => ClientErrors.Unprocessable(NotOffered);

    private static JsonHttpResult<ClientError> NotFound() => ClientErrors.NotFound();
}
