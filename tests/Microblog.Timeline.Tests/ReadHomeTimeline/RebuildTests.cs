using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

public class RebuildTests
{
    [Fact]
    public async Task A_post_delivered_before_the_list_existed_and_stored_after_it_was_built_is_not_lost()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var post = APost.By(author);
        await timeline.Accept(post);
        await timeline.Append(HomeTimelines.Key(reader.Id), post.PostId);

        var before = await reader.Home();
        await timeline.Deliver(post);

        Assert.Empty(before);
        await Eventually.Is(async () => (await reader.Home()).SequenceEqual([post.PostId]));
    }

    [Fact]
    public async Task A_post_stored_after_its_authors_list_was_merged_into_a_timeline_is_not_lost()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await reader.Home();
        await timeline.Relate(reader, author, Standing.Following);
        var post = APost.By(author);
        await timeline.Accept(post);
        // As FanOut does for a follow, with an author's list that does not have the post.
        await timeline.Redis.Run(store => store.SortedSetAddAsync(
            AwaitedPosts.Key(author.Id),
            HomeTimelines.Key(reader.Id),
            TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

        var before = await reader.Home();
        await timeline.Deliver(post);

        Assert.Empty(before);
        await Eventually.Is(async () => (await reader.Home()).SequenceEqual([post.PostId]));
    }

    [Fact]
    public async Task Nothing_that_is_delivered_and_stored_while_lists_are_built_is_lost_or_doubled()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var readers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => timeline.NewPerson()));
        foreach (var reader in readers)
            await timeline.Relate(reader, author, Standing.Following);
        var posts = Enumerable.Range(0, 30).Select(_ => APost.By(author)).ToArray();

        var deliveries = posts.Select(async (post, i) =>
        {
            await timeline.Accept(post);
            await timeline.Publish(post);
            await Task.WhenAll(readers.Select(reader => timeline.Append(HomeTimelines.Key(reader.Id), post.PostId)));
            if (i % 4 == 0)
                await readers[i % readers.Length].Home();
        });
        await Task.WhenAll(deliveries.Concat(readers.Select(reader => reader.Home())));

        long[] expected = [.. posts.Select(post => post.PostId).OrderDescending()];
        foreach (var reader in readers)
            await Eventually.Is(async () => (await reader.Home("limit=40")).SequenceEqual(expected));
    }

    [Fact]
    public async Task A_rebuild_that_broke_off_is_taken_up_by_the_next_read()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var (stored, arrived) = (APost.By(author), APost.By(author));
        await timeline.Store(stored);
        await timeline.Accept(arrived);
        var key = HomeTimelines.Key(reader.Id);
        await timeline.Redis.Run(store =>
            store.ListRightPushAsync(key, [TimelineLists.Unfinished, arrived.PostId]));

        var home = await reader.Home();

        var list = await timeline.ListOf(key);
        Assert.Equal([arrived.PostId, stored.PostId], home);
        Assert.Equal([TimelineLists.Complete, stored.PostId, arrived.PostId], list);
    }

    [Fact]
    public async Task While_somebody_else_rebuilds_a_list_its_readers_are_served_from_the_database()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var (stored, arrived) = (APost.By(author), APost.By(author));
        await timeline.Store(stored);
        await timeline.Accept(arrived);
        var key = HomeTimelines.Key(reader.Id);
        await timeline.Redis.Run(store => Task.WhenAll(
            store.StringSetAsync("rebuild:" + key, "somebody else"),
            store.ListRightPushAsync(key, [TimelineLists.Unfinished, arrived.PostId])));

        var home = await reader.Home();
        var upwards = await reader.Home("min_id=0&limit=1");

        Assert.Equal([arrived.PostId, stored.PostId], home);
        Assert.Equal([stored.PostId], upwards);
    }

    [Fact]
    public async Task A_list_that_is_rebuilt_with_more_posts_than_it_keeps_is_continued_in_the_database()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var posts = Enumerable.Range(0, TimelineLists.EntriesMax + 5).Select(_ => APost.By(author)).ToArray();
        await timeline.Store(posts);

        await reader.Home();
        var oldest = await reader.Home($"max_id={posts[10].PostId}");

        var list = await timeline.ListOf(HomeTimelines.Key(reader.Id));
        Assert.Equal(posts[5..].Select(post => post.PostId), list);
        Assert.Equal(posts[..10].Select(post => post.PostId).OrderDescending(), oldest);
    }
}
