using Microblog.ClientEntities.Entities;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.FavouritePost;

internal static class UnfavouritePostEndpoint
{
    public static void MapUnfavouritePost(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/statuses/{id}/unfavourite", Handle)
            .RequireScope("write:favourites")
            .Describe("Take a favourite back");

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

        var hasChanged = await favourites.Set(post.Post, caller.AccountId, isFavourite: false, cancellationToken);
        return await answers.For(post, caller.AccountId, cancellationToken) is { } status
            ? TypedResults.Ok(hasChanged ? Counted(status) : status)
            : ClientErrors.NotFound();
    }

    /// <summary>The count was read before Timeline could take this favourite off it.</summary>
    private static Status Counted(Status status) => status with
    {
        FavouritesCount = Math.Max(0, status.FavouritesCount - 1),
    };
}
