using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadAuthorPosts;

internal static class ReadAuthorPostsEndpoint
{
    public static void MapReadAuthorPosts(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/{id}/statuses", Handle)
            .AllowScope("read:statuses")
            .Describe(
                "What an account wrote and boosted, as far as the caller may see it.",
                [
                    .. Field.Paging,
                    Field.Flag("only_media", "Posts with attachments: there are none."),
                    Field.Flag("exclude_replies", "Without replies to others."),
                    Field.Flag("exclude_reblogs"),
                    Field.Flag("pinned", "Pinned posts: there are none."),
                    Field.Text("tagged", "Only posts with this hashtag."),
                ]);

    private static async Task<Results<Ok<IReadOnlyList<Status>>, JsonHttpResult<ClientError>>> Handle(
        HttpContext http,
        RequestFields fields,
        RecordId id,
        Caller? viewer,
        AccountDirectory accounts,
        Timelines timelines,
        PageReader pages,
        PostSieve sieve,
        StatusPages answers)
    {
        var page = Page.Read(fields);
        var cancellation = http.RequestAborted;
        var known = await accounts.Find([id], cancellation);
        if (!known.ContainsKey(id))
            return ClientErrors.NotFound();
        if (fields.Flag("pinned") == true || fields.Flag("only_media") == true)
            return TypedResults.Ok<IReadOnlyList<Status>>([]);

        var filter = Filter(fields);
        var timeline = await timelines.Author(id, filter, page.Limit, cancellation);
        var found = await pages.Read(
            timeline,
            page,
            posts => sieve.Visible([.. posts.Where(post => filter.Admits(post.Post))], viewer?.AccountId, cancellation),
            cancellation);
        return TypedResults.Ok(await answers.Answer(http, page, found, viewer?.AccountId, endsVisibly: true));
    }

    private static AuthorPostsFilter Filter(RequestFields fields) => new(
        fields.Flag("exclude_replies") ?? false,
        fields.Flag("exclude_reblogs") ?? false,
        fields.Text("tagged") is { Length: > 0 } tag ? HashtagName.Normalise(tag) : null);
}
