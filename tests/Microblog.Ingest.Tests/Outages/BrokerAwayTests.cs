using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microblog.Contracts.Ingest;

namespace Microblog.Ingest.Tests.Outages;

[Collection(Harmed.Name)]
public class BrokerAwayTests(RunningOnOwnServers ingest) : IAsyncLifetime
{
    public Task InitializeAsync() => ingest.IsWell();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task While_the_broker_hangs_only_the_first_waits_for_it_and_all_posts_arrive_when_it_goes_on()
    {
        var author = await ingest.NewPerson();
        var answered = new List<string>();
        var slow = 0;
        await ingest.Servers.Pause("rabbitmq");
        try
        {
            for (var i = 0; i < 10; i++)
            {
                var watch = Stopwatch.StartNew();
                answered.Add(await PostWithout("rabbitmq", author, $"post {i}"));
                slow += watch.Elapsed > TimeSpan.FromSeconds(1) ? 1 : 0;
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"Post {i} took {watch.Elapsed}.");
            }
        }
        finally
        {
            await ingest.Servers.Resume("rabbitmq");
        }

        // The first, and one probe a second while the first ones waited.
        Assert.InRange(slow, 0, 4);
        await ingest.IsWell();
        await HeardAll(author, answered);
    }

    [Fact]
    public async Task While_the_broker_is_stopped_posts_are_spooled_and_published_in_their_order_when_it_is_back()
    {
        var author = await ingest.NewPerson();
        var answered = new List<string>();
        await ingest.Servers.Kill("rabbitmq");
        try
        {
            await ingest.SeesAway("rabbitmq");
            for (var i = 0; i < 10; i++)
                answered.Add(await PostWithout("rabbitmq", author, $"post {i}"));
            using var ready = await ingest.Get("/health/ready");
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }
        finally
        {
            await ingest.Servers.StartAgain("rabbitmq");
        }

        await ingest.IsWell();
        await HeardAll(author, answered);
        var heard = ingest.Heard.All<PostCreated>(post => post.AuthorId == author.Id)
            .Select(post => post.PostId.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(answered, heard.Distinct());
    }

    [Fact]
    public async Task A_process_that_starts_without_the_broker_takes_posts_and_joins_when_it_comes()
    {
        var author = await ingest.NewPerson();
        var text = $"post {author.Id}";
        await ingest.Servers.Kill("rabbitmq");
        try
        {
            await using var process = ingest.NewProcess();
            using var client = process.CreateClient();
            await RunningOnOwnServers.Until(async () =>
                (await client.GetAsync("/health/ready")).IsSuccessStatusCode);
            client.DefaultRequestHeaders.Authorization = new("Bearer", author.Token);
            using var answer = await client.PostAsJsonAsync("/api/v1/statuses", new { status = text });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(1, await ingest.Spool.Length());

            await ingest.Servers.StartAgain("rabbitmq");
            await RunningOnOwnServers.Until(async () =>
                (await client.GetStringAsync("/health/ready")).Contains("\"joined\"", StringComparison.Ordinal));
        }
        finally
        {
            await ingest.Servers.StartAgain("rabbitmq");
        }

        await ingest.IsWell();
        await ingest.Heard.First<PostCreated>(heard => heard.Text == text);
    }

    [Fact]
    public async Task A_service_that_publishes_nothing_notices_too_stays_ready_and_tells_the_others()
    {
        await ingest.Servers.Pause("rabbitmq");
        try
        {
            await ingest.SeesAway("rabbitmq");

            using var ready = await ingest.Get("/health/ready");

            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Contains("\"standby\":[\"rabbitmq\"]", await ready.Content.ReadAsStringAsync());
            await RunningOnOwnServers.Until(() => ingest.Redis.Run(database =>
                database.KeyExistsAsync("standby:rabbitmq")));
        }
        finally
        {
            await ingest.Servers.Resume("rabbitmq");
        }

        await ingest.IsWell();
    }

    [Fact]
    public async Task Everything_else_that_people_write_is_spooled_too()
    {
        var (author, other) = (await ingest.NewPerson(), await ingest.NewPerson());
        var liked = (await author.Post("hello")).GetProperty("id").GetString()!;
        var unwanted = (await author.Post("sorry")).GetProperty("id").GetString()!;
        await ingest.Servers.Pause("rabbitmq");
        try
        {
            await ingest.SeesAway("rabbitmq");
            Assert.True((await other.Do("favourite", liked)).GetProperty("favourited").GetBoolean());
            Assert.True((await other.Do("bookmark", liked)).GetProperty("bookmarked").GetBoolean());
            Assert.Equal(liked, (await other.Do("reblog", liked)).GetProperty("reblog").GetProperty("id").GetString());
            using var deleted = await author.TryDelete(unwanted);
            Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        }
        finally
        {
            await ingest.Servers.Resume("rabbitmq");
        }

        await ingest.IsWell();
        await RunningOnOwnServers.Until(() => Task.FromResult(
            ingest.Heard.All<FavouriteChanged>(change => change.AccountId == other.Id).Count > 0
            && ingest.Heard.All<BookmarkChanged>(change => change.AccountId == other.Id).Count > 0
            && ingest.Heard.All<PostCreated>(boost => boost.AuthorId == other.Id).Count > 0
            && ingest.Heard.All<PostDeleted>(post => post.AuthorId == author.Id).Count > 0));
    }

    [Fact]
    public async Task A_full_spool_refuses_and_keeps_nothing()
    {
        var author = await ingest.NewPerson();
        await ingest.Servers.Pause("rabbitmq");
        try
        {
            await ingest.SeesAway("rabbitmq");
            var filled = 0;
            while (await ingest.Spool.TryAdd(new PostsCreated([APost.By(RunningIngest.NewId())])))
                filled++;
            Assert.Equal(RunningOnOwnServers.SpoolMax, filled);

            using var refused = await author.TryPost(new { status = "one too many" });

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal(RunningOnOwnServers.SpoolMax, await ingest.Spool.Length());
        }
        finally
        {
            await ingest.Servers.Resume("rabbitmq");
        }

        await ingest.IsWell();
        await author.Post("room again");
    }

    private static async Task<string> PostWithout(string part, Person author, string text)
    {
        using var answer = await author.TryPost(new { status = text });
        var status = await Person.Ok(Task.FromResult(answer));
        Assert.Equal(author.Username, status.GetProperty("account").GetProperty("username").GetString());
        Assert.Contains(part, answer.Headers.GetValues("Microblog-Standby").Single());
        return status.GetProperty("id").GetString()!;
    }

    /// <summary>Every answered post, and nothing else of this person.</summary>
    private Task HeardAll(Person author, List<string> answered) => RunningOnOwnServers.Until(() =>
    {
        var heard = ingest.Heard.All<PostCreated>(post => post.AuthorId == author.Id)
            .Select(post => post.PostId.ToString(CultureInfo.InvariantCulture))
            .ToHashSet();
        return Task.FromResult(heard.SetEquals(answered));
    });
}
