using System.Text.Json;
using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.ReadHomeTimeline;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>That a process remembers posts and people never shows: its reads are as fresh as if it did not.</summary>
public class WarmHomeTests
{
    private static readonly Page First = new(MaxId: null, SinceId: null, MinId: null, Page.DefaultLimit);

    [Fact]
    public async Task A_page_put_together_from_memory_is_byte_for_byte_the_one_that_is_serialized()
    {
        var (timeline, reader, author, other) = await Scene();
        var plain = APost.By(author, tags: ["a tag", "zürich"]) with { Content = "<p>\"reblog\":null 😀 \\ </p>" };
        var own = APost.By(reader, inReplyTo: plain);
        var unlisted = APost.By(author, Visibility.Unlisted, mentions: [reader, other]) with
        {
            Sensitive = true,
            SpoilerText = "\"account\":null",
            Language = null,
            ApplicationName = null,
        };
        var foreign = APost.By(other, mentions: [author]);
        PostCreated[] posts = [plain, own, unlisted, foreign, APost.Boost(author, foreign), APost.Boost(author, own)];
        await Accept(timeline, reader, posts);
        await timeline.Of<PostDirectory>().WriteCounts(
            [new(plain.PostId, new PostCounts(12, 345, 6_789, 3)), new(foreign.PostId, new PostCounts(1, 2, 0, 9))]);
        await timeline.Redis.Run(store => Task.WhenAll(
            store.HashSetAsync(PostMarks.Key(reader.Id), PostMarks.Favourite(plain.PostId), 1),
            store.HashSetAsync(PostMarks.Key(reader.Id), PostMarks.Bookmark(own.PostId), 1),
            store.HashSetAsync(PostMarks.Key(reader.Id), PostMarks.Boost(foreign.PostId), 77),
            store.HashSetAsync(PostMarks.Key(reader.Id), PostMarks.Favourite(unlisted.PostId), 0)));

        var ids = posts.Select(post => post.PostId).OrderDescending().ToArray();
        Assert.NotNull(await timeline.Of<WarmHome>().Read(
            ids, isAll: true, First, reader.Id, expected: null, CancellationToken.None));
        // Upwards is walked without what is remembered.
        var serialized = await Body(reader, "min_id=1");
        var first = await Body(reader, "");
        var again = await Body(reader, "");

        Assert.Equal(5, JsonDocument.Parse(serialized).RootElement.GetArrayLength());
        Assert.Equal(serialized, first);
        Assert.Equal(serialized, again);
    }

    [Fact]
    public async Task A_post_that_was_deleted_is_gone_with_the_next_read()
    {
        var (timeline, reader, author, _) = await Scene();
        var (kept, deleted) = (APost.By(author), APost.By(author));
        await Accept(timeline, reader, kept, deleted);
        Assert.Equal([deleted.PostId, kept.PostId], await reader.Home());

        await timeline.Of<PostDirectory>().MarkDeleted(deleted.PostId);
        Assert.Equal([kept.PostId], await reader.Home());
    }

    [Fact]
    public async Task A_page_of_posts_that_were_deleted_before_anybody_read_them_is_empty()
    {
        var (timeline, reader, author, _) = await Scene();
        PostCreated[] deleted = [APost.By(author), APost.By(author)];
        await Accept(timeline, reader, deleted);
        foreach (var post in deleted)
            await timeline.Of<PostDirectory>().MarkDeleted(post.PostId);

        Assert.Empty(await reader.Home());
    }

    [Fact]
    public async Task Counters_written_after_a_deletion_do_not_bring_the_post_back()
    {
        var (timeline, reader, author, _) = await Scene();
        var deleted = APost.By(author);
        await Accept(timeline, reader, deleted);
        Assert.Equal([deleted.PostId], await reader.Home());

        await timeline.Of<PostDirectory>().MarkDeleted(deleted.PostId);
        await timeline.Of<PostDirectory>().WriteCounts([new(deleted.PostId, new PostCounts(1, 1, 1, 99))]);
        Assert.Empty(await reader.Home());
    }

    [Fact]
    public async Task A_boost_is_gone_with_its_original()
    {
        var (timeline, reader, author, other) = await Scene();
        var original = APost.By(other);
        var boost = APost.Boost(author, original);
        await timeline.Accept(original);
        await Accept(timeline, reader, boost);
        Assert.Equal([boost.PostId], await reader.Home());

        await timeline.Of<PostDirectory>().MarkDeleted(original.PostId);
        Assert.Empty(await reader.Home());
    }

    [Fact]
    public async Task What_changes_shows_to_somebody_who_reads_the_same_page_again_and_again()
    {
        var (timeline, reader, author, other) = await Scene();
        var (first, second, third) = (APost.By(author), APost.By(author), APost.By(other));
        await timeline.Relate(reader, other, Standing.Following);
        await Accept(timeline, reader, first, second);
        await ReadTwice(timeline, reader);

        await timeline.Of<PostDirectory>().WriteCounts([new(first.PostId, new PostCounts(0, 0, 7, 1))]);
        var home = await reader.Get("/api/v1/timelines/home");
        Assert.Equal([0, 7], home.EnumerateArray().Select(post => post.GetProperty("favourites_count").GetInt32()));
        await Accept(timeline, reader, third);
        Assert.Equal([third.PostId, second.PostId, first.PostId], await reader.Home());
        await ReadTwice(timeline, reader);
        await timeline.Of<PostDirectory>().MarkDeleted(second.PostId);
        Assert.Equal([third.PostId, first.PostId], await reader.Home());
        await ReadTwice(timeline, reader);
        await timeline.Relate(reader, other, Standing.Blocking);
        Assert.Equal([first.PostId], await reader.Home());
        Assert.Equal([first.PostId], await reader.Home("limit=2"));
    }

    [Fact]
    public async Task What_he_marks_shows_to_somebody_who_reads_the_same_page_again_and_again()
    {
        var (timeline, reader, author, _) = await Scene();
        var (first, second) = (APost.By(author), APost.By(author));
        await Accept(timeline, reader, first, second);
        await ReadTwice(timeline, reader);
        Assert.Equal([false, false], await Favourited());

        await Mark(PostMarks.Favourite(first.PostId), 1);
        Assert.Equal([false, true], await Favourited());
        await ReadTwice(timeline, reader);
        Assert.Equal([false, true], await Favourited());

        await Mark(PostMarks.Favourite(first.PostId), 0);
        await Mark(PostMarks.Favourite(second.PostId), 1);
        Assert.Equal([true, false], await Favourited());

        async Task<IEnumerable<bool>> Favourited() => (await reader.Get("/api/v1/timelines/home")).EnumerateArray()
            .Select(post => post.GetProperty("favourited").GetBoolean());

        Task Mark(string field, long value) => timeline.Redis.Run(store => store.HashSetAsync(
            PostMarks.Key(reader.Id), [new(field, value), new(PostMarks.ChangeField, PostMarks.NewChange())]));
    }

    [Fact]
    public async Task A_mute_that_ends_by_itself_is_not_remembered()
    {
        var (timeline, reader, author, _) = await Scene();
        await Accept(timeline, reader, APost.By(author));
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(5);
        await timeline.Redis.Run(store => store.HashSetAsync(
            RelationSnapshots.Key(reader.Id),
            author.Id,
            RelationSnapshots.Encode(Standing.Following | Standing.Muting, soon)));
        Assert.Empty(await reader.Home());
        Assert.Empty(await reader.Home());

        await Eventually.Is(async () => (await reader.Home()).Length == 1);
    }

    [Fact]
    public async Task A_page_that_was_read_once_is_not_expected_again()
    {
        var (timeline, reader, author, _) = await Scene();
        await Accept(timeline, reader, APost.By(author));
        await reader.Home();
        Assert.Null(await timeline.Of<WarmHome>().Expect(reader.Id, First));

        await ReadTwice(timeline, reader);
        Assert.Null(await timeline.Of<WarmHome>().Expect(reader.Id, First with { MaxId = 1 }));
        await Accept(timeline, reader, APost.By(author));
        await reader.Home();
        Assert.Null(await timeline.Of<WarmHome>().Expect(reader.Id, First));
    }

    [Fact]
    public async Task A_changed_profile_shows_with_the_next_read()
    {
        var (timeline, reader, author, _) = await Scene();
        await Accept(timeline, reader, APost.By(author));
        await reader.Home();

        var profile = timeline.Neighbours.Accounts[author.Id];
        await timeline.Change(profile with { DisplayName = "Somebody else", Version = profile.Version + 1 });
        var home = await reader.Get("/api/v1/timelines/home");
        Assert.Equal("Somebody else", home[0].GetProperty("account").GetProperty("display_name").GetString());
    }

    [Fact]
    public async Task A_page_of_which_some_do_not_pass_is_filled_with_the_next_ones()
    {
        var (timeline, reader, author, other) = await Scene();
        var old = Enumerable.Range(0, 5).Select(_ => APost.By(author)).ToArray();
        var unwanted = Enumerable.Range(0, 5).Select(_ => APost.By(other)).ToArray();
        await Accept(timeline, reader, [.. old, .. unwanted]);

        Assert.Equal(old.Reverse().Take(4).Select(post => post.PostId), await reader.Home("limit=4"));
    }

    /// <summary>So that the same page is expected.</summary>
    private static async Task ReadTwice(RunningTimeline timeline, Person reader)
    {
        await reader.Home();
        await reader.Home();
        Assert.NotNull(await timeline.Of<WarmHome>().Expect(reader.Id, First));
    }

    private static async Task<string> Body(Person reader, string query)
    {
        using var answer = await reader.TryGet("/api/v1/timelines/home?" + query);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task Accept(RunningTimeline timeline, Person reader, params PostCreated[] posts)
    {
        foreach (var post in posts)
            await timeline.Accept(post);
        await timeline.Append(HomeTimelines.Key(reader.Id), [.. posts.Select(post => post.PostId)]);
    }

    /// <summary>A reader whose timeline is complete and empty, somebody whom he follows, and somebody else.</summary>
    private static async Task<(RunningTimeline Timeline, Person Reader, Person Author, Person Other)> Scene()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author, other) = (
            await timeline.NewPerson(), await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        await timeline.Redis.Run(store => Task.WhenAll(
            store.ListRightPushAsync(HomeTimelines.Key(reader.Id), TimelineLists.Complete),
            store.HashSetAsync(PostMarks.Key(reader.Id), PostMarks.CompleteField, 1)));
        return (timeline, reader, author, other);
    }
}
