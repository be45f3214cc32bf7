using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microblog.ClientEntities;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>Without Redis everything is read from the database, slower, and nothing is missing.</summary>
[Collection(HarmedTimeline.Name)]
public class RedisAwayTests(HarmedTimeline harmed)
{
    /// <summary>Every further answer comes well before the deadline of a single call to Redis.</summary>
    private static readonly TimeSpan FastEnough = TimeSpan.FromSeconds(1);

    private readonly RunningTimeline _timeline = harmed.Timeline;

    [Theory]
    [InlineData("killed")]
    [InlineData("paused")]
    [InlineData("read-only")]
    [InlineData("full")]
    public async Task Everything_is_read_from_the_database_at_once_with_what_was_posted_meanwhile(string fault)
    {
        var (reader, author) = await ReaderOf();
        var (before, tag) = (APost.By(author), $"tag{RunningTimeline.NewId()}");
        await _timeline.Accept(before);
        await _timeline.Deliver(before);
        await reader.Home();

        await harmed.While(fault, "redis", async () =>
        {
            var meanwhile = APost.By(author, inReplyTo: before, tags: tag, mentions: [reader]);
            await _timeline.Deliver(meanwhile);
            await reader.Home();
            var started = Stopwatch.GetTimestamp();

            long[] both = [meanwhile.PostId, before.PostId];
            Assert.Equal(both, await reader.Home());
            Assert.Equal([before.PostId], await reader.Home($"max_id={meanwhile.PostId}"));
            Assert.Equal(both, await reader.Ids($"/api/v1/accounts/{author.Id}/statuses"));
            Assert.Equal([meanwhile.PostId], await reader.Ids($"/api/v1/timelines/tag/{tag}"));
            Assert.Contains(before.PostId, await reader.Ids("/api/v1/timelines/public?limit=40"));
            Assert.Equal([meanwhile.PostId], await reader.Ids("/api/v1/notifications"));
            var context = await reader.Get($"/api/v1/statuses/{before.PostId}/context");
            Assert.Equal([meanwhile.PostId], Person.IdsOf(context.GetProperty("descendants")));

            using var one = await reader.TryGet($"/api/v1/statuses/{meanwhile.PostId}");
            var account = (await Person.Ok(Task.FromResult(one))).GetProperty("account");
            Assert.Equal("redis", one.Headers.GetValues("Microblog-Standby").Single());
            Assert.Equal(author.Username, account.GetProperty("username").GetString());
            Assert.True(Stopwatch.GetElapsedTime(started) < FastEnough * 8, "Eight answers took too long.");
        });
    }

    [Fact]
    public async Task Marks_are_shown_from_the_database()
    {
        var (reader, author) = await ReaderOf();
        var post = APost.By(author);
        await _timeline.Deliver(post);

        await harmed.While("killed", "redis", async () =>
        {
            await _timeline.Publish(APost.Favourite(reader, post));
            await Eventually.Is(async () => IsFavourite((await reader.Get("/api/v1/timelines/home"))[0]));
        });

        await Eventually.Is(async () => IsFavourite((await reader.Get("/api/v1/timelines/home"))[0]));

        static bool IsFavourite(JsonElement status) => status.GetProperty("favourited").GetBoolean()
            && status.GetProperty("favourites_count").GetInt64() == 1;
    }

    [Fact]
    public async Task A_post_deleted_meanwhile_is_gone_at_once_and_does_not_come_back_with_Redis()
    {
        var (reader, author) = await ReaderOf();
        var (kept, deleted) = (APost.By(author), APost.By(author));
        await _timeline.Accept(kept);
        await _timeline.Accept(deleted);
        await _timeline.Deliver(kept, deleted);
        Assert.Equal([deleted.PostId, kept.PostId], await reader.Home());

        await harmed.While("killed", "redis", async () =>
        {
            await _timeline.Publish(APost.Deletion(deleted));
            await Eventually.Is(async () => (await reader.Home()).SequenceEqual([kept.PostId]));
        });

        await Eventually.Is(async () => await _timeline.Count("SELECT count(*) FROM unwritten_snapshots") == 0);
        using var gone = await reader.TryGet($"/api/v1/statuses/{deleted.PostId}");
        var snapshot = await _timeline.Redis.Run(store => store.StringGetAsync(PostSnapshots.Key(deleted.PostId)));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal([kept.PostId], await reader.Home());
        Assert.Equal(PostSnapshots.Deleted, snapshot);
    }

    [Fact]
    public async Task Accounts_shown_lately_are_remembered_when_nobody_can_be_asked()
    {
        var person = await _timeline.NewPerson();
        var accounts = _timeline.Of<AccountDirectory>();
        await accounts.Find([person.Id], CancellationToken.None);
        _timeline.Neighbours.Accounts.TryRemove(person.Id, out _);

        await harmed.While("killed", "redis", async () =>
        {
            var found = await accounts.Find([person.Id], CancellationToken.None);
            Assert.Equal(person.Username, found[person.Id].Profile.Username);
        });
    }

    [Fact]
    public async Task After_everything_in_Redis_is_lost_every_timeline_is_whole_when_it_is_read()
    {
        var author = await _timeline.NewPerson();
        var readers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _timeline.NewPerson()));
        foreach (var reader in readers)
            await _timeline.Relate(reader, author, Standing.Following);
        var posts = Enumerable.Range(0, 30).Select(_ => APost.By(author)).ToArray();
        await _timeline.Deliver(posts);
        var followId = RunningTimeline.NewId();
        _timeline.Neighbours.Follows[author.Id] =
            [new AccountFollowed(followId, readers[0].Id, author.Id, IdSequence.CreatedAt(followId))];
        await Task.WhenAll(readers.Select(reader => reader.Home()));

        await harmed.Servers.Flush();
        // Two reads of each at once: one rebuilds, the other is served meanwhile.
        var homes = await Task.WhenAll(readers.Concat(readers).Select(reader => reader.Home("limit=40")));

        long[] expected = [.. posts.Select(post => post.PostId).OrderDescending()];
        Assert.All(homes, home => Assert.Equal(expected, home));
        Assert.Equal([followId], await author.Ids("/api/v1/notifications"));
        // A consumer that still rests after an outage may hold posts back; until it goes on no list is declared whole.
        foreach (var reader in readers)
            await Eventually.Is(async () =>
                (await reader.Home("limit=40")).SequenceEqual(expected)
                && (await _timeline.ListOf(HomeTimelines.Key(reader.Id)))[0] == TimelineLists.Complete);
    }

    private async Task<(Person Reader, Person Author)> ReaderOf()
    {
        var (reader, author) = (await _timeline.NewPerson(), await _timeline.NewPerson());
        await _timeline.Relate(reader, author, Standing.Following);
        return (reader, author);
    }
}
