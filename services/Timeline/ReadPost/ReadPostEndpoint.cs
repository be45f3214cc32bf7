using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadPost;

internal static class ReadPostEndpoint
{
    public static void MapReadPost(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/statuses/{id}", Handle).AllowScope("read:statuses").Describe("One post.");

    private static async Task<Results<Ok<Status>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller? viewer,
        VisiblePosts posts,
        StatusRenderer renderer,
        CancellationToken cancellationToken)
    {
        if (await posts.Find(id, viewer?.AccountId, cancellationToken) is not { } post)
            return ClientErrors.NotFound();
        var statuses = await renderer.Render([post], viewer?.AccountId, cancellationToken);
        return statuses.Count == 0 ? ClientErrors.NotFound() : TypedResults.Ok(statuses[0]);
    }
}
