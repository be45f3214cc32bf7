using Microblog.Contracts.FanOut;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.FanOut.Tests.MergeFollowee;

[Collection(nameof(RunningFanOut))]
public class MergeFolloweeTests(RunningFanOut fanOut)
{
    private readonly long _reader = RunningFanOut.NewId();
    private readonly long _author = RunningFanOut.NewId();

    private RedisKey Home => HomeTimelines.Key(_reader);

    private RedisKey Own => AuthorTimelines.Key(_author);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_follow_brings_the_authors_posts_in_order(int times)
    {
        var ids = NewIds(5);
        await fanOut.Materialise(Home, TimelineLists.Complete, ids[0], ids[2], ids[4]);
        await fanOut.Materialise(Own, TimelineLists.Complete, ids[1], ids[3]);

        for (var i = 0; i < times; i++)
            await Follow();

        Assert.Equal([TimelineLists.Complete, .. ids], await fanOut.Entries(Home));
        var lifetime = await fanOut.Redis.Run(database => database.KeyTimeToLiveAsync(Home));
        Assert.True(lifetime > TimeSpan.FromDays(29));
    }

    [Fact]
    public async Task Ids_that_a_double_cannot_tell_apart_are_all_kept()
    {
        var first = (1L << 56) + 1;
        await fanOut.Materialise(Home, TimelineLists.Complete, first, first + 2);
        await fanOut.Materialise(Own, TimelineLists.Complete, 99, first + 1, first + 3);

        await Follow();

        Assert.Equal([TimelineLists.Complete, 99, first, first + 1, first + 2, first + 3], await fanOut.Entries(Home));
    }

    [Fact]
    public async Task The_timeline_is_told_of_what_is_stored_only_afterwards()
    {
        await fanOut.Materialise(Home, TimelineLists.Complete);
        await fanOut.Materialise(Own, TimelineLists.Complete);

        await Follow();

        var awaiting = await fanOut.Redis.Run(database =>
            database.SortedSetRangeByRankAsync(AwaitedPosts.Key(_author)));
        Assert.Equal([HomeTimelines.Key(_reader)], awaiting.Select(list => list.ToString()));
    }

    [Fact]
    public async Task A_timeline_that_does_not_exist_is_not_made()
    {
        await fanOut.Materialise(Own, TimelineLists.Complete, RunningFanOut.NewId());

        await Follow();

        Assert.Empty(await fanOut.Entries(Home));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(TimelineLists.Unfinished)]
    public async Task Without_a_list_of_the_authors_posts_the_next_read_rebuilds(long? head)
    {
        await fanOut.Materialise(Home, TimelineLists.Complete, RunningFanOut.NewId());
        if (head is not null)
            await fanOut.Materialise(Own, head, RunningFanOut.NewId());

        await Follow();

        Assert.Empty(await fanOut.Entries(Home));
    }

    [Fact]
    public async Task What_is_older_than_a_timeline_reaches_back_is_left_to_Postgres()
    {
        var ids = NewIds(4);
        await fanOut.Materialise(Home, head: null, ids[1], ids[3]);
        await fanOut.Materialise(Own, TimelineLists.Complete, ids[0], ids[2]);

        await Follow();

        Assert.Equal([ids[1], ids[2], ids[3]], await fanOut.Entries(Home));
    }

    [Fact]
    public async Task A_timeline_reaches_back_no_further_than_the_authors_list()
    {
        var ids = NewIds(4);
        await fanOut.Materialise(Home, TimelineLists.Complete, ids[0], ids[2]);
        await fanOut.Materialise(Own, head: null, ids[1], ids[3]);

        await Follow();

        Assert.Equal([ids[1], ids[2], ids[3]], await fanOut.Entries(Home));
    }

    [Fact]
    public async Task A_complete_timeline_is_no_longer_complete_when_the_authors_known_posts_were_there_already()
    {
        var ids = NewIds(2);
        await fanOut.Materialise(Home, TimelineLists.Complete, ids[0], ids[1]);
        await fanOut.Materialise(Own, head: null, ids[1]);

        await Follow();

        Assert.Equal([ids[1]], await fanOut.Entries(Home));
    }

    [Fact]
    public async Task A_timeline_that_is_being_rebuilt_takes_all_and_stays_unfinished()
    {
        var ids = NewIds(3);
        await fanOut.Materialise(Home, TimelineLists.Unfinished, ids[1]);
        await fanOut.Materialise(Own, head: null, ids[0], ids[2]);

        await Follow();

        Assert.Equal([TimelineLists.Unfinished, .. ids], await fanOut.Entries(Home));
    }

    [Fact]
    public async Task The_cap_keeps_the_newest_and_ends_completeness()
    {
        var ids = NewIds(TimelineLists.EntriesMax + 1);
        await fanOut.Materialise(Home, TimelineLists.Complete, [.. ids.Where((_, i) => i % 2 == 0)]);
        await fanOut.Materialise(Own, TimelineLists.Complete, [.. ids.Where((_, i) => i % 2 == 1)]);

        await Follow();

        Assert.Equal(ids.Skip(1), await fanOut.Entries(Home));
    }

    [Fact]
    public async Task A_post_that_was_expanded_before_the_follow_reaches_the_new_follower()
    {
        var post = RunningFanOut.NewId();
        await fanOut.Materialise(Home);
        await fanOut.Materialise(Own);

        await Follow();
        await fanOut.Append(new Delivery(post, [_author], _author));

        Assert.Equal([post], await fanOut.Read(_reader));
    }

    [Fact]
    public async Task Who_waits_for_the_merge_is_told()
    {
        var followId = RunningFanOut.NewId();

        await fanOut.Deliver(new AccountFollowed(followId, _reader, _author, TimeProvider.System.GetUtcNow()));

        Assert.True(await fanOut.Redis.Run(database => database.KeyExistsAsync(MergedFollows.Key(followId))));
    }

    private Task Follow() =>
        fanOut.Deliver(new AccountFollowed(RunningFanOut.NewId(), _reader, _author, TimeProvider.System.GetUtcNow()));

    private static IReadOnlyList<long> NewIds(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => RunningFanOut.NewId())];
}
