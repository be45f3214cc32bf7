using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadReactions;

internal static class ReadReactionsEndpoint
{
    private const int DefaultLimit = 40;
    private const int LimitMax = 80;

    public static void MapReadReactions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/statuses/{id}/reblogged_by", Boosters)
            .AllowScope("read:statuses")
            .Describe("Who boosted a post, the latest first.", Field.Paging);
        app.MapGet("/api/v1/statuses/{id}/favourited_by", Favouriters)
            .AllowScope("read:statuses")
            .Describe("Who favourited a post, the latest first.", Field.Paging);
    }

    private static Task<Results<Ok<IReadOnlyList<Account>>, JsonHttpResult<ClientError>>> Boosters(
        HttpContext http,
        RequestFields fields,
        RecordId id,
        Caller? viewer,
        VisiblePosts posts,
        Reactions reactions,
        ReactionSieve sieve,
        AccountRenderer accounts) =>
        Answer(http, fields, id, viewer, posts, reactions.BoostsOf, sieve.Boosts, accounts);

    private static Task<Results<Ok<IReadOnlyList<Account>>, JsonHttpResult<ClientError>>> Favouriters(
        HttpContext http,
        RequestFields fields,
        RecordId id,
        Caller? viewer,
        VisiblePosts posts,
        Reactions reactions,
        ReactionSieve sieve,
        AccountRenderer accounts) =>
        Answer(http, fields, id, viewer, posts, reactions.FavouritesOf, sieve.Favourites, accounts);

    private static async Task<Results<Ok<IReadOnlyList<Account>>, JsonHttpResult<ClientError>>> Answer(
        HttpContext http,
        RequestFields fields,
        long id,
        Caller? viewer,
        VisiblePosts posts,
        Func<long, Page, CancellationToken, Task<IReadOnlyList<(long Cursor, long AccountId)>>> find,
        ReactionFilter filter,
        AccountRenderer accounts)
    {
        var page = Page.Read(fields, DefaultLimit, LimitMax);
        if (await posts.Find(id, viewer?.AccountId, http.RequestAborted) is not { Post: var post })
            return ClientErrors.NotFound();

        // A boost stands for what it boosts.
        var found = await find(post.BoostOfId ?? post.PostId, page, http.RequestAborted);
        PageLinks.Write(http, page, [.. found.Select(reaction => reaction.Cursor)], more: found.Count == page.Limit);
        return TypedResults.Ok(await accounts.Render(
            await filter(found, viewer?.AccountId, http.RequestAborted), http.RequestAborted));
    }
}
