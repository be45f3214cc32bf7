using Microblog.ClientEntities.Entities;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.BoostPost;

internal static class UnboostPostEndpoint
{
    public static void MapUnboostPost(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/statuses/{id}/unreblog", Handle)
            .RequireScope("write:statuses")
            .Limited(RateLimits.Deletes)
            .Describe("Take a boost back");

    private static async Task<Results<Ok<Status>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller booster,
        VisiblePosts posts,
        Boosts boosts,
        DeletedPosts deleted,
        StatusAnswers answers,
        CancellationToken cancellationToken)
    {
        if (await posts.FindOriginal(id, booster.AccountId, cancellationToken) is not { } original)
            return ClientErrors.NotFound();

        var boost = await boosts.Find(booster.AccountId, original.Post.PostId, cancellationToken);
        if (boost is not null)
            await deleted.Add(boost.Post);

        var status = await answers.For(original, booster.AccountId, cancellationToken);
        if (status is null)
            return ClientErrors.NotFound();
        return TypedResults.Ok(boost is null ? status : Counted(status));
    }

    /// <summary>The count was read before Timeline could take this boost off it.</summary>
    private static Status Counted(Status status) => status with
    {
        ReblogsCount = Math.Max(0, status.ReblogsCount - 1),
    };
}
