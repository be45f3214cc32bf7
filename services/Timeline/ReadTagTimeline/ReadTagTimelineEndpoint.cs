using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadTagTimeline;

internal static class ReadTagTimelineEndpoint
{
    /// <summary>Further tags that are taken per mode; the others are ignored, as clients know it.</summary>
    private const int TagsPerModeMax = 4;

    public static void MapReadTagTimeline(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/timelines/tag/{hashtag}", Handle)
            .AllowScope("read:statuses")
            .Describe(
                "Public posts with a hashtag, in any case, without #.",
                [
                    .. Field.Paging,
                    Field.Texts("any", "Posts with one of these tags as well."),
                    Field.Texts("all", "Only posts that have all of these tags too."),
                    Field.Texts("none", "No posts with one of these tags."),
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

        var hashtag = HashtagName.Normalise(fields.Text("hashtag") ?? "");
        var tagged = lists.WithTags(any: [hashtag, .. Tags("any")], all: Tags("all"), none: Tags("none"));
        var found = await pages.Read(
            tagged,
            page,
            posts => sieve.Listed(posts, viewer?.AccountId, http.RequestAborted),
            http.RequestAborted);
        return TypedResults.Ok(await answers.Answer(http, page, found, viewer?.AccountId));

        string[] Tags(string mode) =>
        [
            .. fields.Texts(mode)
                .Select(HashtagName.Normalise)
                .Where(tag => tag.Length > 0)
                .Distinct()
                .Take(TagsPerModeMax),
        ];
    }
}
