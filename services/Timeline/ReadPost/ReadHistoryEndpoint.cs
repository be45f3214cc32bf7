using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadPost;

internal static class ReadHistoryEndpoint
{
    public static void MapReadHistory(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/statuses/{id}/history", Handle)
            .AllowScope("read:statuses")
            .Describe("The versions of a post: posts are not edited, so there is one.");

    private static async Task<Results<Ok<IReadOnlyList<StatusEdit>>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller? viewer,
        VisiblePosts posts,
        StatusRenderer renderer,
        CancellationToken cancellationToken)
    {
        if (await posts.Find(id, viewer?.AccountId, cancellationToken) is not { } post)
            return ClientErrors.NotFound();
        var statuses = await renderer.Render([post], viewer?.AccountId, cancellationToken);
        return statuses.Count == 0
            ? ClientErrors.NotFound()
            : TypedResults.Ok<IReadOnlyList<StatusEdit>>([StatusEdit.Of(statuses[0])]);
    }
}
