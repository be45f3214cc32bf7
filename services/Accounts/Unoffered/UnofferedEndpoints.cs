using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.Unoffered;

/// <summary>
/// What clients ask at start and this server does not offer: an empty list keeps them quiet, where an error would
/// not. What would store something says honestly that it does not.
/// </summary>
internal static class UnofferedEndpoints
{
    private static readonly string[] PublicLists =
    [
        "/api/v1/custom_emojis", "/api/v1/directory", "/api/v1/trends", "/api/v1/trends/tags",
        "/api/v1/trends/statuses", "/api/v1/trends/links", "/api/v1/accounts/{id}/featured_tags",
        "/api/v1/accounts/{id}/endorsements",
    ];

    private static readonly (string Path, string Scope)[] PersonalLists =
    [
        ("/api/v1/announcements", "read"), ("/api/v1/suggestions", "read"), ("/api/v2/suggestions", "read"),
        ("/api/v1/endorsements", "read:accounts"), ("/api/v1/featured_tags", "read:accounts"),
        ("/api/v1/featured_tags/suggestions", "read:accounts"), ("/api/v1/domain_blocks", "read:blocks"),
        ("/api/v1/filters", "read:filters"), ("/api/v2/filters", "read:filters"),
    ];

    private static readonly string[] Writing = ["POST", "PUT", "DELETE"];

    public static void MapUnoffered(this IEndpointRouteBuilder app)
    {
        foreach (var path in PublicLists)
            app.MapGet(path, Nothing).Describe("Always empty");
        foreach (var (path, scope) in PersonalLists)
            app.MapGet(path, Nothing).Describe("Always empty").RequireScope(scope);

        app.MapGet("/api/v1/push/subscription", NotFound).Describe("Always 404: no push").RequireScope("push");
        foreach (var version in new[] { "v1", "v2" })
        {
            app.MapGet($"/api/{version}/filters/{{id}}", NotFound).Describe("Always 404").RequireScope("read:filters");
            app.MapMethods($"/api/{version}/filters/{{**rest}}", Writing, Refuse)
                .Describe("Filters are not offered")
                .RequireScope("write:filters");
        }

        app.MapPost("/api/v1/push/subscription", Refuse).Describe("Push is not offered").RequireScope("push");
        app.MapPost("/api/v1/featured_tags", Refuse).Describe("Not offered").RequireScope("write:accounts");
        app.MapPost("/api/v1/domain_blocks", Refuse).Describe("Not offered").RequireScope("write:blocks");
    }

    private static Ok<string[]> Nothing() => TypedResults.Ok(Array.Empty<string>());

    private static JsonHttpResult<ClientError> NotFound() => ClientErrors.NotFound();

    private static JsonHttpResult<ClientError> Refuse() =>
        ClientErrors.Unprocessable("This server does not offer this");
}
