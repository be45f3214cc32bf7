using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadHomeTimeline;

internal static class ReadHomeTimelineEndpoint
{
    public static void MapReadHomeTimeline(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/timelines/home", Handle)
            .RequireScope("read:statuses")
            .Describe("Posts of the people the caller follows, and his own.", [.. Field.Paging, Field.Flag("local")]);

    private static async Task<Results<Ok<IReadOnlyList<Status>>, WarmPage>> Handle(
        HttpContext http,
        RequestFields fields,
        Caller reader,
        Timelines timelines,
        WarmHome warm,
        PageReader pages,
        PostSieve sieve,
        StatusPages answers)
    {
        var page = Page.Read(fields);
        var cancellation = http.RequestAborted;
        var expected = warm.Expect(reader.AccountId, page);
        var timeline = await timelines.Home(reader.AccountId, page.Limit, cancellation);
        if (page.MinId is null && timeline is ListedPosts listed
            && await Warm(listed, warm, page, reader.AccountId, await expected, cancellation) is { } warmPage)
        {
            if (!warmPage.IsEmpty)
                PageLinks.Write(http, page, warmPage.Cursors);
            return warmPage;
        }

        var found = await pages.Read(
            timeline,
            page,
            posts => sieve.Home(posts, reader.AccountId, cancellation),
            cancellation);
        return TypedResults.Ok(await answers.Answer(http, page, found, reader.AccountId));
    }

    private static Task<WarmPage?> Warm(
        ListedPosts listed,
        WarmHome warm,
        Page page,
        long readerId,
        AskedRound? expected,
        CancellationToken cancellationToken)
    {
        var (ids, isAll) = listed.Trusted(below: page.MaxId ?? long.MaxValue, above: Math.Max(page.SinceId ?? 0, 0));
        return warm.Read(ids, isAll, page, readerId, expected, cancellationToken);
    }
}
