using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Timeline.Tests.PrepareHome;

[Collection(HarmedTimeline.Name)]
public class PrepareHomeTests(HarmedTimeline harmed)
{
    private const string StoreBehind = "store-behind";

    private readonly RunningTimeline _timeline = harmed.Timeline;

    [Fact]
    public async Task A_follower_who_never_looked_can_read_while_the_database_is_away()
    {
        var (reader, before, follow) = await Followed();
        await Merged(follow);
        await _timeline.Publish(follow);
        await Eventually.Is(async () => (await Home(reader)).SequenceEqual([TimelineLists.Complete, before.PostId]));

        await harmed.While("paused", "postgres", async () =>
        {
            var meanwhile = before with { PostId = RunningTimeline.NewId() };
            await _timeline.Accept(meanwhile);
            await _timeline.Append(HomeTimelines.Key(reader.Id), meanwhile.PostId);

            Assert.Equal([meanwhile.PostId, before.PostId], await reader.Home());
        });
    }

    [Fact]
    public async Task A_timeline_that_the_merge_of_the_follow_drops_is_made_again()
    {
        var (reader, before, follow) = await Followed();
        await Warm(reader);
        await _timeline.Publish(follow);
        await Heard(follow);

        await _timeline.Redis.Run(store => store.KeyDeleteAsync(HomeTimelines.Key(reader.Id)));
        await Merged(follow);

        await Eventually.Is(async () => (await Home(reader)).SequenceEqual([TimelineLists.Complete, before.PostId]));
    }

    [Fact]
    public async Task A_timeline_that_is_dropped_while_somebody_else_rebuilds_it_is_made_again()
    {
        var (reader, before, follow) = await Followed();
        var turn = "rebuild:" + HomeTimelines.Key(reader.Id);
        await _timeline.Redis.Run(store => store.StringSetAsync(turn, "somebody else"));
        await Merged(follow);
        await _timeline.Publish(follow);
        await Heard(follow);

        await _timeline.Redis.Run(store => store.KeyDeleteAsync(turn));

        await Eventually.Is(async () => (await Home(reader)).SequenceEqual([TimelineLists.Complete, before.PostId]));
    }

    [Fact]
    public async Task A_timeline_that_could_not_be_finished_is_finished_when_the_store_has_caught_up()
    {
        var (reader, before, follow) = await Followed();
        await _timeline.Redis.Run(store => store.StringSetAsync(StoreBehind, 1));
        await Merged(follow);
        await _timeline.Publish(follow);
        await Eventually.Is(async () => (await Home(reader)).SequenceEqual([TimelineLists.Unfinished, before.PostId]));

        await _timeline.Redis.Run(store => store.KeyDeleteAsync(StoreBehind));

        await Eventually.Is(async () => (await Home(reader)).SequenceEqual([TimelineLists.Complete, before.PostId]));
    }

    [Fact]
    public async Task A_warm_timeline_is_not_rebuilt()
    {
        var (reader, _, follow) = await Followed();
        await Warm(reader);
        await Merged(follow);

        await _timeline.Publish(follow);
        // Whoever looks at a list notes it.
        await Eventually.Is(() => _timeline.Redis.Run(store =>
            store.HashExistsAsync(LastReads.Key(reader.Id), reader.Id)));
        await Heard(follow);

        var home = await Home(reader);
        Assert.Equal([TimelineLists.Complete], home);
    }

    /// <summary>Somebody who has just followed an author, and what that one wrote before.</summary>
    private async Task<(Person Reader, PostCreated Before, AccountFollowed Follow)> Followed()
    {
        var (reader, author) = (await _timeline.NewPerson(), await _timeline.NewPerson());
        // What another test's outage left.
        await _timeline.Redis.Run(store => store.KeyDeleteAsync(StoreBehind));
        var before = APost.By(author);
        await _timeline.Accept(before);
        await _timeline.Store(before);
        await _timeline.Relate(reader, author, Standing.Following);
        var followId = RunningTimeline.NewId();
        return (reader, before, new(followId, reader.Id, author.Id, IdSequence.CreatedAt(followId)));
    }

    private Task Warm(Person reader) => _timeline.Redis.Run(store =>
        store.ListRightPushAsync(HomeTimelines.Key(reader.Id), TimelineLists.Complete));

    /// <summary>Says that FanOut has merged the follow.</summary>
    private Task Merged(AccountFollowed follow) => _timeline.Redis.Run(store =>
        store.StringSetAsync(MergedFollows.Key(follow.FollowId), true));

    /// <summary>Returns when the neighbouring consumer of the same event has handled it.</summary>
    private Task Heard(AccountFollowed follow) => Eventually.Is(async () =>
        (await _timeline.ListOf(AuthorTimelines.Key(follow.FolloweeId))).FirstOrDefault(TimelineLists.Unfinished)
            == TimelineLists.Complete);

    private Task<long[]> Home(Person reader) => _timeline.ListOf(HomeTimelines.Key(reader.Id));
}
