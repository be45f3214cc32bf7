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

    private static async Task<Ok<IReadOnlyList<Status>>> Handle(
        HttpContext http,
        RequestFields fields,
        Caller reader,
        Timelines timelines,
        PageReader pages,
        PostSieve sieve,
        StatusPages answers)
    {
        var page = Page.Read(fields);
        var cancellation = http.RequestAborted;
        var timeline = await timelines.Home(reader.AccountId, page.Limit, cancellation);
        var found = await pages.Read(
            timeline,
            page,
            posts => sieve.Home(posts, reader.AccountId, cancellation),
            cancellation);
        return TypedResults.Ok(await answers.Answer(http, page, found, reader.AccountId));
    }
}
