using Microblog.Keyspaces;
using Microblog.Timeline.DropUnread;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Microblog.Timeline.Tests.DropUnread;

public class UnreadTimelinesTests
{
    private static long Today => LastReads.Day(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_read_is_noted_with_its_day_and_the_list_does_not_expire()
    {
        var timeline = await RunningTimeline.Get();
        var reader = await timeline.NewPerson();
        var before = Today;

        await reader.Home();

        Assert.InRange(await LastRead(timeline, reader) ?? 0, before, Today);
        Assert.Null(await timeline.Redis.Run(store => store.KeyTimeToLiveAsync(HomeTimelines.Key(reader.Id))));
    }

    [Fact]
    public async Task A_look_at_a_list_that_is_there_is_noted_too()
    {
        var timeline = await RunningTimeline.Get();
        var reader = await timeline.NewPerson();
        await timeline.Redis.Run(store =>
            store.ListRightPushAsync(HomeTimelines.Key(reader.Id), TimelineLists.Complete));
        var before = Today;

        await reader.Home();

        Assert.InRange(await LastRead(timeline, reader) ?? 0, before, Today);
    }

    [Fact]
    public async Task The_timeline_of_whoever_has_not_looked_for_a_month_is_dropped_and_made_anew_when_he_looks()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var post = APost.By(author);
        await timeline.Accept(post);
        await timeline.Store(post);
        await reader.Home();
        await Note(timeline, reader, LastReads.Day(TimeProvider.System.GetUtcNow() - TimelineLists.Lifetime) - 1);

        var dropped = await Drop(timeline, reader);
        var (list, note) = (await timeline.ListOf(HomeTimelines.Key(reader.Id)), await LastRead(timeline, reader));
        var before = Today;
        var home = await reader.Home();

        Assert.InRange(dropped, 1, int.MaxValue);
        Assert.Empty(list);
        Assert.Null(note);
        Assert.Equal([post.PostId], home);
        Assert.InRange(await LastRead(timeline, reader) ?? 0, before, Today);
    }

    [Fact]
    public async Task The_timeline_of_whoever_has_looked_within_the_month_stays()
    {
        var timeline = await RunningTimeline.Get();
        var reader = await timeline.NewPerson();
        await reader.Home();
        // Should midnight come in between, it is still not too long ago.
        var day = LastReads.Day(TimeProvider.System.GetUtcNow() - TimelineLists.Lifetime) + 1;
        await Note(timeline, reader, day);

        await Drop(timeline, reader);

        var list = await timeline.ListOf(HomeTimelines.Key(reader.Id));
        Assert.Equal([TimelineLists.Complete], list);
        Assert.Equal(day, await LastRead(timeline, reader));
    }

    [Fact]
    public async Task Whoever_comes_back_while_his_timeline_is_dropped_stays_noted()
    {
        var timeline = await RunningTimeline.Get();
        var (away, back) = (await timeline.NewPerson(), await timeline.NewPerson());
        var bucket = LastReads.Key(away.Id);
        HashEntry[] found = [new(away.Id, Today - 40), new(back.Id, Today - 40)];
        await timeline.Redis.Run(store => store.HashSetAsync(bucket, [found[0], new(back.Id, Today)]));

        await Unread(timeline).Forget(bucket, found);

        var left = await timeline.Redis.Run(store => store.HashGetAsync(bucket, [away.Id, back.Id]));
        Assert.Equal([null, Today], left.Select(day => (long?)day));
    }

    [Fact]
    public void Readers_are_spread_over_all_hashes()
    {
        // A millisecond apart, as people who join one after the other.
        var keys = Enumerable.Range(0, 20 * LastReads.BucketCount).Select(i => LastReads.Key((long)i << 16));

        var sizes = keys.CountBy(key => key).Select(bucket => bucket.Value).ToArray();

        Assert.Equal(LastReads.BucketCount, sizes.Length);
        Assert.InRange(sizes.Max(), 20, 40);
    }

    private static Task<int> Drop(RunningTimeline timeline, Person reader) =>
        Unread(timeline).Drop(LastReads.Key(reader.Id), CancellationToken.None);

    private static UnreadTimelines Unread(RunningTimeline timeline) =>
        timeline.Of<IEnumerable<IHostedService>>().OfType<UnreadTimelines>().Single();

    private static Task Note(RunningTimeline timeline, Person reader, long day) => timeline.Redis.Run(store =>
        store.HashSetAsync(LastReads.Key(reader.Id), reader.Id, day));

    private static async Task<long?> LastRead(RunningTimeline timeline, Person reader) =>
        (long?)await timeline.Redis.Run(store => store.HashGetAsync(LastReads.Key(reader.Id), reader.Id));
}
