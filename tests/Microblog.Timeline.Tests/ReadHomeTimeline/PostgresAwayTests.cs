using System.Net;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>A service whose database cannot be reached goes on with what Redis has.</summary>
public class PostgresAwayTests(WithoutPostgres away) : IClassFixture<WithoutPostgres>
{
    [Fact]
    public async Task A_warm_timeline_and_recent_posts_are_read_as_usual()
    {
        var timeline = away.Timeline;
        var (reader, posts) = await Warm(timeline, TimelineLists.Complete, count: 5);

        var home = await reader.Home();
        using var one = await reader.TryGet($"/api/v1/statuses/{posts[0].PostId}");

        Assert.Equal(posts.Select(post => post.PostId).OrderDescending(), home);
        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
    }

    [Fact]
    public async Task A_page_across_the_seam_ends_there_and_says_what_is_missing()
    {
        var timeline = away.Timeline;
        var (reader, posts) = await Warm(timeline, head: null, count: 60);

        using var seam = await reader.TryGet("/api/v1/timelines/home?limit=40");
        var shown = Person.IdsOf(await Person.Ok(Task.FromResult(seam)));
        using var beyond = await reader.TryGet($"/api/v1/timelines/home?max_id={shown[^1]}");

        // The oldest entries of a trimmed list prove nothing, so they are not shown without the database.
        Assert.Equal(posts[TimelineLists.ReadMargin..].Select(post => post.PostId).OrderDescending(), shown);
        Assert.Equal("postgres", seam.Headers.GetValues("Microblog-Standby").Single());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, beyond.StatusCode);
        Assert.True(beyond.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_first_page_ends_where_a_post_is_no_longer_at_hand()
    {
        var timeline = away.Timeline;
        var (reader, posts) = await Warm(timeline, TimelineLists.Complete, count: 10);
        await timeline.Redis.Run(store => store.KeyDeleteAsync(PostSnapshots.Key(posts[3].PostId)));

        using var page = await reader.TryGet("/api/v1/timelines/home");

        var shown = Person.IdsOf(await Person.Ok(Task.FromResult(page)));
        Assert.Equal(posts[4..].Select(post => post.PostId).OrderDescending(), shown);
        Assert.Equal("postgres", page.Headers.GetValues("Microblog-Standby").Single());
    }

    [Fact]
    public async Task Marks_that_nobody_can_look_up_are_shown_as_not_made()
    {
        var timeline = away.Timeline;
        var (reader, posts) = await Warm(timeline, TimelineLists.Complete, count: 1);
        await timeline.Redis.Run(store => store.KeyDeleteAsync(PostMarks.Key(reader.Id)));

        var home = await reader.Get("/api/v1/timelines/home");

        Assert.Equal([posts[0].PostId], Person.IdsOf(home));
        Assert.False(home[0].GetProperty("favourited").GetBoolean());
    }

    [Fact]
    public async Task A_timeline_that_is_lost_cannot_be_read()
    {
        var reader = await away.Timeline.NewPerson();
        using var answer = await reader.TryGet("/api/v1/timelines/home");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static async Task<(Person Reader, PostCreated[] Posts)> Warm(
        RunningTimeline timeline,
        long? head,
        int count)
    {
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        await timeline.Redis.Run(store => store.HashSetAsync(
            PostMarks.Key(reader.Id), [new HashEntry(PostMarks.CompleteField, 1)]));
        var posts = Enumerable.Range(0, count).Select(_ => APost.By(author)).ToArray();
        foreach (var post in posts)
            await timeline.Accept(post);
        RedisValue[] entries = [.. posts.Select(post => (RedisValue)post.PostId)];
        await timeline.Redis.Run(store => store.ListRightPushAsync(
            HomeTimelines.Key(reader.Id), head is { } mark ? [mark, .. entries] : entries));
        return (reader, posts);
    }
}
