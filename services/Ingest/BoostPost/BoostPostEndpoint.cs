using Microblog.ClientEntities.Entities;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.BoostPost;

internal static class BoostPostEndpoint
{
    private static readonly PostCounts NoCounts = new(Replies: 0, Boosts: 0, Favourites: 0, Version: 0);

    public static void MapBoostPost(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/statuses/{id}/reblog", Handle)
            .RequireScope("write:statuses")
            .Limited(RateLimits.Posts)
            .Validate<BoostPostRequest>()
            .Describe("Boost a post; done again, it answers with the same boost", BoostPostRequest.Fields);

    private static async Task<Results<Ok<Status>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        BoostPostRequest request,
        Caller booster,
        VisiblePosts posts,
        Boosts boosts,
        WrittenMarks marks,
        StatusAnswers answers,
        CancellationToken cancellationToken)
    {
        if (await posts.FindOriginal(id, booster.AccountId, cancellationToken) is not { Post: var original })
            return ClientErrors.NotFound();
        if (!IsBoostable(original, booster))
            return ClientErrors.Invalid("Reblog of a post that is not public is not possible");

        var existing = await boosts.FindIfKnown(booster.AccountId, original.PostId, cancellationToken);
        var boost = existing ?? new(await boosts.Add(original, request.Visibility!.Value, booster), NoCounts);
        await marks.Boost(booster.AccountId, original.PostId, boost.Post.PostId);

        var status = await answers.For(boost, booster.AccountId, cancellationToken);
        if (status is null)
            return ClientErrors.NotFound();
        return TypedResults.Ok(existing is null ? Counted(status) : status);
    }

    private static bool IsBoostable(PostCreated post, Caller booster) => post.Visibility switch
    {
        Visibility.Public or Visibility.Unlisted => true,
        Visibility.Private => post.AuthorId == booster.AccountId,
        Visibility.Direct => false,
        _ => throw new InvalidOperationException($"Post {post.PostId} has visibility {post.Visibility}."),
    };

    /// <summary>The count was read before Timeline could count this boost.</summary>
    private static Status Counted(Status boost) => boost with
    {
        ReblogsCount = boost.ReblogsCount + 1,
        Reblog = boost.Reblog! with { ReblogsCount = boost.Reblog.ReblogsCount + 1 },
    };
}
