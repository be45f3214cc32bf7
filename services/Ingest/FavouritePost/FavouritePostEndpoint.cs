using Microblog.ClientEntities.Entities;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.FavouritePost;

internal static class FavouritePostEndpoint
{
    public static void MapFavouritePost(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/statuses/{id}/favourite", Handle)
            .RequireScope("write:favourites")
            .Describe("Favourite a post");

    private static async Task<Results<Ok<Status>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller caller,
        VisiblePosts posts,
        Favourites favourites,
        StatusAnswers answers,
        CancellationToken cancellationToken)
    {
        if (await posts.FindOriginal(id, caller.AccountId, cancellationToken) is not { } post)
            return ClientErrors.NotFound();

        var hasChanged = await favourites.Set(post.Post, caller.AccountId, isFavourite: true, cancellationToken);
        return await answers.For(post, caller.AccountId, cancellationToken) is { } status
            ? TypedResults.Ok(hasChanged ? Counted(status) : status)
            : ClientErrors.NotFound();
    }

    /// <summary>The count was read before Timeline could count this favourite.</summary>
    private static Status Counted(Status status) => status with
    {
        FavouritesCount = status.FavouritesCount + 1,
    };
}
