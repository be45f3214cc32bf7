using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.ReadThread;

internal static class ReadThreadEndpoint
{
    public static void MapReadThread(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/statuses/{id}/context", Handle)
            .AllowScope("read:statuses")
            .Describe("What a post replies to, oldest first, and what replies to it, depth first.");

    private static async Task<Results<Ok<Context>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller? viewer,
        VisiblePosts posts,
        ThreadReader threads,
        PostSieve sieve,
        StatusRenderer renderer,
        IOptions<TimelineOptions> options,
        CancellationToken cancellationToken)
    {
        var viewerId = viewer?.AccountId;
        if (await posts.Find(id, viewerId, cancellationToken) is not { Post: var post })
            return ClientErrors.NotFound();

        var bounds = options.Value;
        var ancestors = await threads.Above(
            post, viewer is null ? bounds.AnonymousAncestorsMax : bounds.ThreadMax, cancellationToken);
        var descendants = await threads.Below(
            post,
            viewerId,
            viewer is null ? bounds.AnonymousDescendantsMax : bounds.ThreadMax,
            viewer is null ? bounds.AnonymousDepthMax : bounds.ThreadMax,
            cancellationToken);
        return TypedResults.Ok(new Context(
            await renderer.Render(
                await sieve.Listed(ancestors, viewerId, cancellationToken), viewerId, cancellationToken),
            await renderer.Render(
                await sieve.Listed(descendants, viewerId, cancellationToken), viewerId, cancellationToken)));
    }
}
