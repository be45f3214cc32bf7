using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.FanOut.Tests.RemoveAuthor;

[Collection(nameof(RunningFanOut))]
public class RemoveAuthorTests(RunningFanOut fanOut)
{
    private readonly long _reader = RunningFanOut.NewId();
    private readonly long _author = RunningFanOut.NewId();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private RedisKey Home => HomeTimelines.Key(_reader);

    private RedisKey Own => AuthorTimelines.Key(_author);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Someone_unfollowed_is_taken_out_and_the_others_stay(int times)
    {
        var (own, other) = (RunningFanOut.NewId(), RunningFanOut.NewId());
        await fanOut.Materialise(Home, TimelineLists.Complete, own, other, own);
        await fanOut.Materialise(Own, TimelineLists.Complete, own);

        for (var i = 0; i < times; i++)
            await fanOut.Deliver(new AccountUnfollowed(FollowId: 1, _reader, _author, _now));

        Assert.Equal([TimelineLists.Complete, other], await fanOut.Entries(Home));
        var lifetime = await fanOut.Redis.Run(database => database.KeyTimeToLiveAsync(Home));
        Assert.True(lifetime > TimeSpan.FromDays(29));
    }

    [Fact]
    public async Task It_is_remembered_since_when_somebody_is_not_followed_any_more()
    {
        await fanOut.Deliver(new AccountUnfollowed(FollowId: 1, _reader, _author, _now));

        var endedAt = await fanOut.Redis.Run(database =>
            database.SortedSetScoreAsync(FormerFollowees.Key(_reader), _author));
        Assert.Equal(_now.ToUnixTimeMilliseconds(), endedAt);
    }

    [Fact]
    public async Task A_timeline_that_becomes_empty_keeps_its_mark()
    {
        var own = RunningFanOut.NewId();
        await fanOut.Materialise(Home, TimelineLists.Complete, own);
        await fanOut.Materialise(Own, TimelineLists.Complete, own);

        await fanOut.Deliver(new AccountUnfollowed(FollowId: 1, _reader, _author, _now));

        Assert.Equal([TimelineLists.Complete], await fanOut.Entries(Home));
    }

    [Fact]
    public async Task A_block_takes_both_out_of_each_others_timelines()
    {
        var (authors, readers) = (RunningFanOut.NewId(), RunningFanOut.NewId());
        await fanOut.Materialise(Home, TimelineLists.Complete, authors, readers);
        await fanOut.Materialise(Own, TimelineLists.Complete, authors);
        await fanOut.Materialise(HomeTimelines.Key(_author), TimelineLists.Complete, authors, readers);
        await fanOut.Materialise(AuthorTimelines.Key(_reader), TimelineLists.Complete, readers);

        await fanOut.Deliver(new AccountBlocked(_reader, _author, _now));
        await fanOut.Deliver(new AccountBlocked(_reader, _author, _now));

        Assert.Equal([readers], await fanOut.Read(_reader));
        Assert.Equal([authors], await fanOut.Read(_author));
    }

    [Fact]
    public async Task An_unfollow_that_comes_after_the_next_follow_takes_nothing_out()
    {
        var own = RunningFanOut.NewId();
        await fanOut.Materialise(Home);
        await fanOut.Materialise(Own, TimelineLists.Complete, own);

        await fanOut.Deliver(new AccountFollowed(RunningFanOut.NewId(), _reader, _author, _now.AddSeconds(1)));
        await fanOut.Deliver(new AccountFollowed(RunningFanOut.NewId(), _reader, _author, _now.AddSeconds(-1)));
        await fanOut.Deliver(new AccountUnfollowed(FollowId: 1, _reader, _author, _now));

        Assert.Equal([own], await fanOut.Read(_reader));
    }

    [Fact]
    public async Task Whoever_follows_by_his_trusted_snapshot_loses_nothing_to_an_old_unfollow()
    {
        var own = RunningFanOut.NewId();
        await fanOut.Materialise(Home, TimelineLists.Complete, own);
        await fanOut.Materialise(Own, TimelineLists.Complete, own);
        await fanOut.Redis.Run(database => database.HashSetAsync(
            RelationSnapshots.Key(_reader),
            [new HashEntry(RelationSnapshots.CompleteField, 1), new HashEntry(_author, (int)Standing.Following)]));

        await fanOut.Deliver(new AccountUnfollowed(FollowId: 1, _reader, _author, _now));

        Assert.Equal([own], await fanOut.Read(_reader));
    }

    [Fact]
    public async Task Nothing_is_made_where_nothing_was()
    {
        await fanOut.Deliver(new AccountUnfollowed(FollowId: 1, _reader, _author, _now));

        Assert.Empty(await fanOut.Entries(Home));
        Assert.Empty(await fanOut.Entries(Own));
    }
}
