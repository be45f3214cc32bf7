using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

public class HomeTimelineTests
{
    [Fact]
    public async Task A_first_read_builds_the_timeline_from_what_is_stored()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        var stranger = await timeline.NewPerson();
        await timeline.Relate(reader, author, Standing.Following);
        var (theirs, own, others) = (APost.By(author), APost.By(reader), APost.By(stranger));
        await timeline.Store(theirs, own, others);

        var home = await reader.Home();

        Assert.Equal([own.PostId, theirs.PostId], home);
        var list = await timeline.ListOf(HomeTimelines.Key(reader.Id));
        Assert.Equal([TimelineLists.Complete, theirs.PostId, own.PostId], list);
    }

    [Fact]
    public async Task A_reader_who_follows_nobody_gets_an_empty_timeline_that_can_be_appended_to()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());

        using var empty = await reader.TryGet("/api/v1/timelines/home");
        var list = await timeline.ListOf(HomeTimelines.Key(reader.Id));
        await timeline.Relate(reader, author, Standing.Following);
        var post = APost.By(author);
        await timeline.Accept(post);
        await timeline.Append(HomeTimelines.Key(reader.Id), post.PostId);
        var home = await reader.Home();

        Assert.False(empty.Headers.Contains("Link"));
        Assert.Equal([TimelineLists.Complete], list);
        Assert.Equal([post.PostId], home);
    }

    [Fact]
    public async Task What_was_delivered_twice_and_out_of_order_is_shown_once_and_in_order()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        await reader.Home();
        var posts = Enumerable.Range(0, 30).Select(_ => APost.By(author)).ToArray();
        foreach (var post in posts)
            await timeline.Accept(post);
        var ids = posts.Select(post => post.PostId).ToArray();
        var random = new Random(7);
        foreach (var chunk in ids.Chunk(15).SelectMany(chunk => new[] { chunk, chunk }))
            await timeline.Append(HomeTimelines.Key(reader.Id), [.. chunk.OrderBy(_ => random.Next())]);

        var first = await reader.Home();
        var second = await reader.Home($"max_id={ids[10]}");

        Assert.Equal(ids.OrderDescending().Take(20), first);
        Assert.Equal(ids.OrderDescending().Skip(20), second);
    }

    [Fact]
    public async Task A_page_that_filtering_made_short_is_filled_up()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var posts = Enumerable.Range(0, 150).Select(_ => APost.By(author)).ToArray();
        await timeline.Store(posts);
        await reader.Home();
        // All but the ten oldest and the five newest are deleted; the list still names them.
        foreach (var post in posts[10..145])
            await timeline.Publish(APost.Deletion(post));
        await Eventually.Is(async () => await timeline.Count(
            "SELECT count(*) FROM posts WHERE author_id = $1 AND deleted_at IS NULL", author.Id) == 15);

        using var answer = await reader.TryGet("/api/v1/timelines/home?limit=12");
        var home = await reader.Home("limit=12");

        long[] expected = [.. posts[145..].Concat(posts[3..10]).Select(post => post.PostId).OrderDescending()];
        Assert.Equal(expected, home);
        Assert.Equal(
            $"<{RunningTimeline.Origin}/api/v1/timelines/home?limit=12&max_id={expected[^1]}>; rel=\"next\", "
            + $"<{RunningTimeline.Origin}/api/v1/timelines/home?limit=12&min_id={expected[0]}>; rel=\"prev\"",
            string.Join(", ", answer.Headers.GetValues("Link")));
    }
}
