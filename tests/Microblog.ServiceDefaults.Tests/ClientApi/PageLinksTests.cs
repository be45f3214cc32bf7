using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class PageLinksTests(PageLinksTests.Fixture fixture) : IClassFixture<PageLinksTests.Fixture>
{
    [Fact]
    public async Task Both_links_are_absolute_and_next_comes_first()
    {
        var link = await LinkOf("/page?limit=3&max_id=99&since_id=1");

        Assert.Equal(
            $"<{RunningClientApi.Origin}/page?limit=3&max_id=5>; rel=\"next\", "
            + $"<{RunningClientApi.Origin}/page?limit=3&min_id=9>; rel=\"prev\"",
            link);
    }

    [Fact]
    public async Task The_clamped_limit_is_what_the_links_say() =>
        Assert.StartsWith($"<{RunningClientApi.Origin}/page?limit=40&max_id=5>", await LinkOf("/page?limit=1000"));

    [Fact]
    public async Task Declared_parameters_are_kept_and_others_are_not()
    {
        var link = await LinkOf("/page?local=true&exclude_types[]=a,b&exclude_types[]=c&access_token=secret&x=1");

        Assert.Contains("&local=true&exclude_types%5B%5D=a%2Cb&exclude_types%5B%5D=c&max_id=5>", link);
        Assert.DoesNotContain("secret", link, StringComparison.Ordinal);
        Assert.DoesNotContain("x=1", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_address_contains_a_comma()
    {
        var link = await LinkOf("/tags/a,b?local=1,2");

        Assert.Equal(2, link!.Split(',').Length);
        Assert.Contains("/tags/a%2Cb?", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_page_has_no_link() => Assert.Null(await LinkOf("/empty"));

    [Fact]
    public async Task A_list_that_ends_visibly_has_no_next() =>
        Assert.Equal($"<{RunningClientApi.Origin}/last?limit=20&min_id=9>; rel=\"prev\"", await LinkOf("/last"));

    private async Task<string?> LinkOf(string path)
    {
        var answer = await fixture.Api.Get(path);
        Assert.True(answer.IsSuccessStatusCode);
        return answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links) : null;
    }

    /// <summary>Endpoints that answer pages.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private static readonly long[] Ids = [9, 7, 5];

        public RunningClientApi Api { get; private set; } = null!;

        public async Task InitializeAsync() => Api = await RunningClientApi.Start(app =>
        {
            MapPage(app, "/page", Ids);
            MapPage(app, "/tags/{tag}", Ids);
            MapPage(app, "/empty", []);
            MapPage(app, "/last", Ids, more: false);
        });

        public async Task DisposeAsync() => await Api.DisposeAsync();

        private static void MapPage(WebApplication app, string path, long[] ids, bool more = true) =>
            app.MapGet(path, (HttpContext http, RequestFields fields) =>
            {
                PageLinks.Write(http, Page.Read(fields), ids, more);
                return ids;
            }).Describe("A page", [.. Field.Paging, Field.Flag("local"), Field.Texts("exclude_types")]);
    }
}
