using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadBookmarks;

internal static class ReadBookmarksEndpoint
{
    public static void MapReadBookmarks(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/bookmarks", Handle)
            .RequireScope("read:bookmarks")
            .Describe("What the caller bookmarked, the latest bookmark first.", Field.Paging);

    private static async Task<Ok<IReadOnlyList<Status>>> Handle(
        HttpContext http,
        RequestFields fields,
        Caller reader,
        PostLists lists,
        PageReader pages,
        PostSieve sieve,
        StatusPages answers)
    {
        var page = Page.Read(fields);
        var found = await pages.Read(
            lists.BookmarkedBy(reader.AccountId),
            page,
            posts => sieve.Visible(posts, reader.AccountId, http.RequestAborted),
            http.RequestAborted);
        return TypedResults.Ok(await answers.Answer(http, page, found, reader.AccountId, endsVisibly: true));
    }
}
