using Microblog.Contracts.FanOut;
using Microblog.FanOut.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FanOut.Tests.AppendPosts;

[Collection(nameof(RunningFanOut))]
public class AppendPostsTests(RunningFanOut fanOut)
{
    [Theory]
    [InlineData(Lane.Small)]
    [InlineData(Lane.Bulk)]
    public async Task A_post_is_appended_to_timelines_that_exist_and_to_no_other(Lane lane)
    {
        var (reader, absent, post) = (RunningFanOut.NewId(), RunningFanOut.NewId(), RunningFanOut.NewId());
        await fanOut.Materialise(HomeTimelines.Key(reader));

        await fanOut.Append(lane, new AppendToTimelines([new(post, [reader, absent])]));

        Assert.Equal([TimelineLists.Complete, post], await fanOut.Entries(HomeTimelines.Key(reader)));
        Assert.Empty(await fanOut.Entries(HomeTimelines.Key(absent)));
    }

    [Fact]
    public async Task The_first_delivery_goes_to_the_authors_own_list_as_well()
    {
        var (author, post, later) = (RunningFanOut.NewId(), RunningFanOut.NewId(), RunningFanOut.NewId());
        await fanOut.Materialise(AuthorTimelines.Key(author));

        await fanOut.Append(new Delivery(post, [author], author), new Delivery(later, [author]));

        Assert.Equal([TimelineLists.Complete, post], await fanOut.Entries(AuthorTimelines.Key(author)));
    }

    [Fact]
    public async Task Commands_handled_together_write_a_timeline_once_in_order()
    {
        var (reader, other) = (RunningFanOut.NewId(), RunningFanOut.NewId());
        var (first, second, third) = (RunningFanOut.NewId(), RunningFanOut.NewId(), RunningFanOut.NewId());
        await fanOut.Materialise(HomeTimelines.Key(reader));
        await fanOut.Materialise(HomeTimelines.Key(other));

        await fanOut.Timelines.Append(new AppendBatch(
            [new(third, [reader]), new(first, [reader, other]), new(second, [reader]), new(third, [reader])],
            CommandCount: 2,
            MayBeRepeated: false));

        Assert.Equal([TimelineLists.Complete, first, second, third], await fanOut.Entries(HomeTimelines.Key(reader)));
        Assert.Equal([TimelineLists.Complete, first], await fanOut.Entries(HomeTimelines.Key(other)));
    }

    [Fact]
    public async Task A_command_that_comes_again_does_not_push_again()
    {
        var (reader, first, second) = (RunningFanOut.NewId(), RunningFanOut.NewId(), RunningFanOut.NewId());
        await fanOut.Materialise(HomeTimelines.Key(reader));
        await fanOut.Append(new Delivery(first, [reader]));

        await fanOut.Timelines.Append(new AppendBatch(
            [new(first, [reader]), new(second, [reader])], CommandCount: 1, MayBeRepeated: true));

        Assert.Equal([TimelineLists.Complete, first, second], await fanOut.Entries(HomeTimelines.Key(reader)));
    }

    [Fact]
    public async Task A_command_that_was_published_twice_or_late_shows_each_post_once()
    {
        var (reader, first, second) = (RunningFanOut.NewId(), RunningFanOut.NewId(), RunningFanOut.NewId());
        await fanOut.Materialise(HomeTimelines.Key(reader));

        await fanOut.Append(new Delivery(second, [reader]));
        await fanOut.Append(new Delivery(first, [reader]));
        await fanOut.Append(new Delivery(second, [reader]));

        Assert.Equal([second, first], await fanOut.Read(reader));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_post_that_many_others_overtook_takes_its_place(bool isKnown)
    {
        var reader = RunningFanOut.NewId();
        var older = RunningFanOut.NewId();
        var late = RunningFanOut.NewId();
        var newer = Enumerable.Range(0, 300).Select(_ => AfterASpell(RunningFanOut.NewId())).ToList();
        await fanOut.Materialise(
            HomeTimelines.Key(reader), TimelineLists.Complete, isKnown ? [older, late, .. newer] : [older, .. newer]);

        // Whoever writes has seen how far posts are by now.
        await fanOut.Append(new Delivery(newer[^1], []));
        await fanOut.Append(new Delivery(late, [reader]));

        Assert.Equal([TimelineLists.Complete, older, late, .. newer], await fanOut.Entries(HomeTimelines.Key(reader)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(90)]
    [InlineData(300)]
    public async Task Many_late_posts_hide_no_newer_one(int entryCount)
    {
        var reader = RunningFanOut.NewId();
        var older = Enumerable.Range(0, entryCount).Select(_ => RunningFanOut.NewId()).ToList();
        var late = Enumerable.Range(0, 100).Select(_ => RunningFanOut.NewId()).ToList();
        var newer = Enumerable.Range(0, 3).Select(_ => AfterASpell(RunningFanOut.NewId())).ToList();
        await fanOut.Materialise(HomeTimelines.Key(reader), TimelineLists.Complete, [.. older, .. newer]);

        await fanOut.Append(new Delivery(newer[^1], []));
        await fanOut.Append([.. late.Select(postId => new Delivery(postId, [reader]))]);

        Assert.Equal(
            [TimelineLists.Complete, .. older, .. late, .. newer], await fanOut.Entries(HomeTimelines.Key(reader)));
    }

    [Fact]
    public async Task Many_posts_at_once_stand_in_front_of_those_that_overtook_them_by_a_moment()
    {
        var reader = RunningFanOut.NewId();
        var late = Enumerable.Range(0, 50).Select(_ => RunningFanOut.NewId()).ToList();
        var newer = Enumerable.Range(0, 3).Select(_ => RunningFanOut.NewId()).ToList();
        await fanOut.Materialise(HomeTimelines.Key(reader), TimelineLists.Complete, newer);

        await fanOut.Append([.. late.Select(postId => new Delivery(postId, [reader]))]);

        Assert.Equal([TimelineLists.Complete, .. late, .. newer], await fanOut.Entries(HomeTimelines.Key(reader)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task However_many_late_posts_come_one_by_one_newer_ones_stay_where_reads_look_for_them(int entryCount)
    {
        var reader = RunningFanOut.NewId();
        var older = Enumerable.Range(0, entryCount).Select(_ => RunningFanOut.NewId()).ToList();
        var late = Enumerable.Range(0, 100).Select(_ => RunningFanOut.NewId()).ToList();
        var newer = Enumerable.Range(0, 3).Select(_ => AfterASpell(RunningFanOut.NewId())).ToList();
        await fanOut.Materialise(HomeTimelines.Key(reader), TimelineLists.Complete, [.. older, .. newer]);

        await fanOut.Append(new Delivery(newer[^1], []));
        foreach (var postId in late)
        {
            await fanOut.Append(new Delivery(postId, [reader]));
            var entries = await fanOut.Entries(HomeTimelines.Key(reader));
            Assert.Empty(newer.Except(entries.TakeLast(TimelineLists.ReadMargin)));
        }

        Assert.Equal([.. older, .. late, .. newer], (await fanOut.Read(reader)).Reverse());
    }

    [Fact]
    public async Task A_post_older_than_all_of_a_timeline_that_is_not_complete_is_left_to_Postgres()
    {
        var (reader, late) = (RunningFanOut.NewId(), RunningFanOut.NewId());
        var newer = Enumerable.Range(0, 50).Select(_ => AfterASpell(RunningFanOut.NewId())).ToList();
        await fanOut.Materialise(HomeTimelines.Key(reader), head: null, newer);

        await fanOut.Append(new Delivery(newer[^1], []));
        await fanOut.Append(new Delivery(late, [reader]));

        Assert.Equal(newer, await fanOut.Entries(HomeTimelines.Key(reader)));
    }

    [Fact]
    public async Task More_readers_than_a_pipeline_holds_are_all_served()
    {
        var readers = Enumerable.Range(0, 10).Select(_ => RunningFanOut.NewId()).ToList();
        foreach (var reader in readers)
            await fanOut.Materialise(HomeTimelines.Key(reader));
        var post = RunningFanOut.NewId();

        await fanOut.Append(new Delivery(post, readers));

        foreach (var reader in readers)
            Assert.Equal([post], await fanOut.Read(reader));
    }

    [Theory]
    [InlineData(TimelineLists.Complete, 800)]
    [InlineData(TimelineLists.Unfinished, 801)]
    public async Task A_timeline_one_beyond_cap_and_margin_keeps_its_newest(long head, int length)
    {
        var reader = RunningFanOut.NewId();
        var posts = Enumerable.Range(0, TimelineLists.EntriesMax + TimelineLists.TrimMargin)
            .Select(_ => RunningFanOut.NewId())
            .ToList();
        await fanOut.Materialise(HomeTimelines.Key(reader), head, [.. posts.SkipLast(1)]);
        await fanOut.Append(new Delivery(posts[^1], []));
        Assert.Equal(posts.Count, (await fanOut.Entries(HomeTimelines.Key(reader))).Count);

        var newest = RunningFanOut.NewId();
        await fanOut.Append(new Delivery(posts[^1], [reader]), new Delivery(newest, [reader]));

        var entries = await fanOut.Entries(HomeTimelines.Key(reader));
        Assert.Equal(length, entries.Count);
        Assert.Equal(head == TimelineLists.Unfinished, entries[0] == TimelineLists.Unfinished);
        const int Kept = TimelineLists.EntriesMax;
        Assert.Equal(posts.Append(newest).TakeLast(Kept), entries.TakeLast(Kept));
    }

    [Fact]
    public async Task Appending_does_not_prolong_the_life_of_a_timeline_that_nobody_reads()
    {
        var reader = RunningFanOut.NewId();
        await fanOut.Materialise(HomeTimelines.Key(reader));
        await fanOut.Redis.Run(database => database.KeyExpireAsync(HomeTimelines.Key(reader), TimeSpan.FromMinutes(1)));

        await fanOut.Append(new Delivery(RunningFanOut.NewId(), [reader]));

        var lifetime = await fanOut.Redis.Run(database => database.KeyTimeToLiveAsync(HomeTimelines.Key(reader)));
        Assert.InRange(lifetime!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private static long AfterASpell(long id) => id + ((long)TimeSpan.FromSeconds(10).TotalMilliseconds << 16);
}
