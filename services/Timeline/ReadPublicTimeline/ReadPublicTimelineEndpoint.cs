using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadPublicTimeline;

internal static class ReadPublicTimelineEndpoint
{
    public static void MapReadPublicTimeline(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/timelines/public", Handle)
            .AllowScope("read:statuses")
            .Describe(
                "Public posts of everybody.",
                [
                    .. Field.Paging,
                    Field.Flag("local"),
                    Field.Flag("remote", "Posts of other servers: there are none."),
                    Field.Flag("only_media", "Posts with attachments: there are none."),
                ]);

    private static async Task<Ok<IReadOnlyList<Status>>> Handle(
        HttpContext http,
        RequestFields fields,
        Caller? viewer,
        PostLists lists,
        PageReader pages,
        PostSieve sieve,
        StatusPages answers)
    {
        var page = Page.Read(fields);
        if (fields.Flag("remote") == true || fields.Flag("only_media") == true)
            return TypedResults.Ok<IReadOnlyList<Status>>([]);

        var found = await pages.Read(
            lists.OfEverybody(),
            page,
            posts => sieve.Listed(posts, viewer?.AccountId, http.RequestAborted),
            http.RequestAborted);
        return TypedResults.Ok(await answers.Answer(http, page, found, viewer?.AccountId));
    }
}
