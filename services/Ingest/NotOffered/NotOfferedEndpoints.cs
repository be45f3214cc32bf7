using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.NotOffered;

/// <summary>What clients know and this server does not do yet: each says so in a sentence.</summary>
internal static class NotOfferedEndpoints
{
    private const string Writing = "write:statuses";
    private const string Reading = "read:statuses";
    private const string Media = "write:media";

    public static void MapNotOffered(this IEndpointRouteBuilder app)
    {
        app.Refuse("PUT", "/api/v1/statuses/{id}", Writing, "Editing posts");
        app.Refuse("POST", "/api/v1/statuses/{id}/pin", "write:accounts", "Pinning posts");
        app.Refuse("POST", "/api/v1/statuses/{id}/unpin", "write:accounts", "Pinning posts");
        app.Refuse("POST", "/api/v1/statuses/{id}/mute", "write:mutes", "Muting conversations");
        app.Refuse("POST", "/api/v1/statuses/{id}/unmute", "write:mutes", "Muting conversations");
        app.Refuse("POST", "/api/v1/media", Media, "Uploading media").Limited(RateLimits.Media);
        app.Refuse("POST", "/api/v2/media", Media, "Uploading media").Limited(RateLimits.Media);

        // The one refusal for which clients expect another status.
        app.MapPost("/api/v1/statuses/{id}/translate", () => ClientErrors.Forbidden(Sentence("Translating posts")))
            .RequireScope(Reading)
            .Describe("Not offered: translating posts");

        app.MapNothing("GET", "/api/v1/media/{id}", Media);
        app.MapNothing("PUT", "/api/v1/media/{id}", Media);
        app.MapNothing("DELETE", "/api/v1/media/{id}", Media);
        app.MapNothing("GET", "/api/v1/polls/{id}", Reading);
        app.MapNothing("POST", "/api/v1/polls/{id}/votes", Writing);
        app.MapNothing("GET", "/api/v1/scheduled_statuses/{id}", Reading);
        app.MapNothing("PUT", "/api/v1/scheduled_statuses/{id}", Writing);
        app.MapNothing("DELETE", "/api/v1/scheduled_statuses/{id}", Writing);
        app.MapGet("/api/v1/scheduled_statuses", NoScheduledPosts)
            .RequireScope(Reading)
            .Describe("Posts that wait for their time: there are none", Field.Paging);
    }

    private static RouteHandlerBuilder Refuse(
        this IEndpointRouteBuilder app, string method, string path, string scope, string what) =>
        app.MapMethods(path, [method], () => ClientErrors.Unprocessable(Sentence(what)))
            .RequireScope(scope)
            .Describe("Not offered: " + char.ToLowerInvariant(what[0]) + what[1..]);

    /// <summary>Since none can be made, there is none to find.</summary>
    private static void MapNothing(this IEndpointRouteBuilder app, string method, string path, string scope) =>
        app.MapMethods(path, [method], ClientErrors.NotFound).RequireScope(scope).Describe("Not offered: never found");

    private static Ok<object[]> NoScheduledPosts() => TypedResults.Ok(Array.Empty<object>());

    private static string Sentence(string what) => $"{what} is not offered by this server yet";
}
