using Microblog.ClientEntities.Entities;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.BookmarkPost;

internal static class BookmarkPostEndpoint
{
    public static void MapBookmarkPost(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/statuses/{id}/bookmark", Handle)
            .RequireScope("write:bookmarks")
            .Describe("Bookmark a post");

    private static async Task<Results<Ok<Status>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        VisiblePosts posts,
        Bookmarks bookmarks,
        StatusAnswers answers,
        CancellationToken cancellationToken)
    {
        if (await posts.FindOriginal(id, caller.AccountId, cancellationToken) is not { } post)
            return ClientErrors.NotFound();

        await bookmarks.Set(post.Post, caller.AccountId, isBookmarked: true, cancellationToken);
        return await answers.For(post, caller.AccountId, cancellationToken) is { } status
            ? TypedResults.Ok(status)
            : ClientErrors.NotFound();
    }
}
