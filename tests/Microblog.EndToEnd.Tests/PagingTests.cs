namespace Microblog.EndToEnd.Tests;

public sealed class PagingTests
{
    private const int Posts = 25;

    [Fact]
    public async Task Following_Link_next_visits_every_post_once_newest_first()
    {
        var (_, bob, written) = await ATimeline();
        var visited = new List<string>();

        for (var path = "/api/v1/timelines/home?limit=7"; path is not null;)
        {
            var page = await bob.Get(path);
            visited.AddRange(Person.Ids(page.Ok()));
            path = Next(page);
        }

        Assert.Equal(written.Reverse(), visited);
    }

    [Fact]
    public async Task Since_id_gives_the_newest_and_min_id_the_nearest()
    {
        var (_, bob, written) = await ATimeline();

        var since = await bob.Home($"?limit=3&since_id={written[4]}");
        var min = await bob.Home($"?limit=3&min_id={written[4]}");

        Assert.Equal([written[^1], written[^2], written[^3]], since);
        Assert.Equal([written[7], written[6], written[5]], min);
    }

    [Fact]
    public async Task Both_cursors_bound_a_page()
    {
        var (_, bob, written) = await ATimeline();

        var between = await bob.Home($"?max_id={written[8]}&since_id={written[4]}");

        Assert.Equal([written[7], written[6], written[5]], between);
    }

    [Fact]
    public async Task The_profile_pages_like_the_home_timeline()
    {
        var (alice, _, written) = await ATimeline();
        await Eventually.Is(async () =>
            Person.Ids((await alice.Get($"/api/v1/accounts/{alice.Id}/statuses?limit=40")).Ok()).Length == Posts);

        var page = (await alice.Get($"/api/v1/accounts/{alice.Id}/statuses?limit=2&max_id={written[10]}")).Ok();

        Assert.Equal([written[9], written[8]], Person.Ids(page));
    }

    private static string? Next(Answer page)
    {
        if (page.Header("Link") is not { } link)
            return null;
        Assert.StartsWith("<http", link, StringComparison.Ordinal);
        return new Uri(link[1..link.IndexOf('>', StringComparison.Ordinal)]).PathAndQuery;
    }

    private static async Task<(Person Alice, Person Bob, string[] Written)> ATimeline()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        await bob.Follow(alice);
        var written = new string[Posts];
        for (var i = 0; i < Posts; i++)
            written[i] = await alice.Write($"number {i}");
        await bob.Sees(written[^1]);
        await Eventually.Is(async () => (await bob.Home("?limit=40")).Length == Posts);
        return (alice, bob, written);
    }
}
