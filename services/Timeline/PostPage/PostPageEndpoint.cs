using System.Globalization;
using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.PostPage;

internal static class PostPageEndpoint
{
    private const int TagPageMax = 20;

    public static void MapPostPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/@{name}/{id}", ShowPost).Describe("A post for browsers.").ExcludeFromDescription();
        app.MapGet("/users/{name}/statuses/{id}", ShowPost).Describe("A post for browsers.").ExcludeFromDescription();
        app.MapGet("/tags/{name}", ShowTag).Describe("A hashtag for browsers.").ExcludeFromDescription();
    }

    private static async Task<Results<ContentHttpResult, RedirectHttpResult, JsonHttpResult<ClientError>>> ShowPost(
        HttpContext http,
        RecordId id,
        VisiblePosts posts,
        StatusRenderer renderer)
    {
        if (await posts.Find(id, viewerId: null, http.RequestAborted) is not { } post)
            return ClientErrors.NotFound();
        var statuses = await renderer.Render([post], viewerId: null, http.RequestAborted);
        if (statuses.Count == 0)
            return ClientErrors.NotFound();

        // The id alone finds the post; a wrong or old name in the address leads to the right one.
        var name = Convert.ToString(http.Request.RouteValues["name"], CultureInfo.InvariantCulture);
        var account = statuses[0].Account;
        return http.Request.Path.StartsWithSegments("/users") || name != account.Username
            ? TypedResults.Redirect(statuses[0].Url)
            : HtmlPage.Of(http, $"{HtmlPage.NameOf(account)} (@{account.Acct})", statuses);
    }

    private static async Task<ContentHttpResult> ShowTag(
        HttpContext http,
        string name,
        PostLists lists,
        PageReader pages,
        PostSieve sieve,
        StatusRenderer renderer)
    {
        var tag = HashtagName.Normalise(name);
        var newest = new Page(MaxId: null, SinceId: null, MinId: null, TagPageMax);
        var found = await pages.Read(
            lists.WithTags(any: [tag], all: [], none: []),
            newest,
            posts => sieve.Listed(posts, viewerId: null, http.RequestAborted),
            http.RequestAborted);
        return HtmlPage.Of(
            http, $"#{tag}", await renderer.Render(found.Posts, viewerId: null, http.RequestAborted));
    }
}
