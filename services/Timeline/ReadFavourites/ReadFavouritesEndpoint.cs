using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadFavourites;

internal static class ReadFavouritesEndpoint
{
    public static void MapReadFavourites(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/favourites", Handle)
            .RequireScope("read:favourites")
            .Describe("What the caller favourited, the latest favourite first.", Field.Paging);

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
            lists.FavouritedBy(reader.AccountId),
            page,
            posts => sieve.Visible(posts, reader.AccountId, http.RequestAborted),
            http.RequestAborted);
        return TypedResults.Ok(await answers.Answer(http, page, found, reader.AccountId, endsVisibly: true));
    }
}
