using System.Diagnostics;
using System.Net;
using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>A database that keeps its connections and answers nothing holds nobody up.</summary>
[Collection(HarmedTimeline.Name)]
public class PostgresPausedTests(HarmedTimeline harmed)
{
    /// <summary>Far less than twenty times what Npgsql waits for an answer.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);

    private readonly RunningTimeline _timeline = harmed.Timeline;

    [Theory]
    [InlineData("paused")]
    [InlineData("killed")]
    public async Task Warm_timelines_are_read_as_usual_and_everything_else_is_refused_quickly(string fault)
    {
        var (reader, author, newcomer) =
            (await _timeline.NewPerson(), await _timeline.NewPerson(), await _timeline.NewPerson());
        await _timeline.Relate(reader, author, Standing.Following);
        var post = APost.By(author);
        await _timeline.Accept(post);
        await _timeline.Deliver(post);
        await reader.Home();

        await harmed.While(fault, "postgres", async () =>
        {
            var meanwhile = APost.By(author);
            await _timeline.Accept(meanwhile);
            await _timeline.Append(HomeTimelines.Key(reader.Id), meanwhile.PostId);
            var started = Stopwatch.GetTimestamp();

            var home = await reader.Home();
            Assert.Equal([meanwhile.PostId, post.PostId], home);
            for (var i = 0; i < 20; i++)
            {
                using var answer = await newcomer.TryGet(
                    i % 2 == 0 ? "/api/v1/timelines/home" : "/api/v1/timelines/public");
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
                Assert.Equal("postgres", answer.Headers.GetValues("Microblog-Standby").Single());
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Quick, "Twenty refusals took too long.");
        });

        Assert.Empty(await newcomer.Home());
    }

    [Fact]
    public async Task However_fresh_the_posts_that_wait_for_the_database_the_store_is_behind()
    {
        const string Behind = "store-behind";
        var author = await _timeline.NewPerson();

        await harmed.While("paused", "postgres", async () =>
        {
            await _timeline.Redis.Run(store => store.KeyDeleteAsync(Behind));
            // By its age alone it is not late for a while.
            await _timeline.Publish(APost.By(
                author, id: RunningTimeline.NewId() + ((long)TimeSpan.FromHours(1).TotalMilliseconds << 16)));

            await Eventually.Is(() => _timeline.Redis.Run(store => store.KeyExistsAsync(Behind)));
        });

        await _timeline.Redis.Run(store => store.KeyDeleteAsync(Behind));
    }

    [Fact]
    public async Task What_was_posted_meanwhile_is_stored_when_the_database_is_back()
    {
        var author = await _timeline.NewPerson();
        var posts = Enumerable.Range(0, 40).Select(_ => APost.By(author)).ToArray();

        await harmed.While("paused", "postgres", async () =>
        {
            foreach (var post in posts)
            {
                await _timeline.Accept(post);
                await _timeline.Publish(post);
            }
        });

        var ids = posts.Select(post => post.PostId).ToArray();
        await Eventually.Is(async () => await _timeline.Count(
            "SELECT count(*) FROM posts WHERE id = ANY($1)", ids) == ids.Length);
        Assert.Equal(40, await _timeline.Count("SELECT posts_count FROM authors WHERE author_id = $1", author.Id));
    }
}
