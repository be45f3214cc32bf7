using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using StackExchange.Redis;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>
/// A timeline whose newest part is a trimmed list in Redis, disordered and with repetitions, whose older part is in
/// Postgres, and whose newest posts are in no database yet, read like one list.
/// </summary>
public class HomeCursorTests
{
    private const int PostCount = 900;
    private const int UnstoredCount = 20;
    private const int ListedCount = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_cursor_means_the_same_in_the_list_beyond_it_and_across_the_seam(int seed)
    {
        var random = new Random(seed);
        var timeline = await RunningTimeline.Get();
        var (reader, ids) = await Seed(timeline, random);

        for (var i = 0; i < 60; i++)
        {
            var page = AnyPage(random, ids);
            var shown = await reader.Home(Query(page));
            Assert.True(
                Model(ids, page).SequenceEqual(shown),
                $"seed {seed}, {page}: expected {string.Join(' ', Model(ids, page))}, got {string.Join(' ', shown)}");
        }
    }

    [Fact]
    public async Task Paging_down_shows_every_post_once_and_paging_up_shows_them_again()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, ids) = await Seed(timeline, new(3));

        var down = new List<long>(await reader.Home("limit=40"));
        for (var page = down.ToArray(); page.Length > 0; down.AddRange(page))
            page = await reader.Home($"limit=40&max_id={down[^1]}");
        var up = new List<long>();
        for (var page = await reader.Home("limit=40&min_id=0"); page.Length > 0;)
        {
            up.InsertRange(0, page);
            page = await reader.Home($"limit=40&min_id={page[0]}");
        }

        Assert.Equal(ids, down);
        Assert.Equal(ids, up);
    }

    /// <summary>Mastodon's rules, on a plain list.</summary>
    private static IEnumerable<long> Model(IReadOnlyList<long> ids, Page page)
    {
        var below = ids.Where(id => id < (page.MaxId ?? long.MaxValue));
        return page.MinId is { } minId
            ? below.Where(id => id > minId).Order().Take(page.Limit).OrderDescending()
            : below.Where(id => id > (page.SinceId ?? 0)).Take(page.Limit);
    }

    private static Page AnyPage(Random random, IReadOnlyList<long> ids)
    {
        long? Cursor() => random.Next(2) == 0 ? null : ids[random.Next(ids.Count)] + random.Next(-1, 2);
        return new(Cursor(), Cursor(), Cursor(), random.Next(1, 41));
    }

    private static string Query(Page page) =>
        $"limit={page.Limit}&max_id={page.MaxId}&since_id={page.SinceId}&min_id={page.MinId}";

    private static async Task<(Person Reader, IReadOnlyList<long> Ids)> Seed(RunningTimeline timeline, Random random)
    {
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var posts = Enumerable.Range(0, PostCount).Select(_ => APost.By(author)).ToArray();
        await timeline.Store(posts[..^UnstoredCount]);
        foreach (var post in posts[^UnstoredCount..])
            await timeline.Accept(post);

        var listed = posts[^ListedCount..].Select(post => post.PostId).Chunk(10)
            .SelectMany(some => some.OrderBy(_ => random.Next()).Concat(some.Take(random.Next(3))));
        var key = HomeTimelines.Key(reader.Id);
        await timeline.Redis.Run(store => store.ListRightPushAsync(key, [.. listed.Select(id => (RedisValue)id)]));
        return (reader, [.. posts.Select(post => post.PostId).OrderDescending()]);
    }
}
