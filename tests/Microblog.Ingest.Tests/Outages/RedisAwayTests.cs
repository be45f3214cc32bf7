using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.Ingest.Tests.Outages;

[Collection(Harmed.Name)]
public class RedisAwayTests(RunningOnOwnServers ingest) : IAsyncLifetime
{
    /// <summary>Two deadlines of Redis, and the questions that are asked instead.</summary>
    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(5);

    public Task InitializeAsync() => ingest.IsWell();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("stopped")]
    [InlineData("hung")]
    [InlineData("full")]
    [InlineData("read-only")]
    public async Task Posts_are_accepted_complete_and_published_while_redis_is(string state)
    {
        var author = await ingest.NewPerson();
        var answered = new List<string>();
        await Harm(state);
        try
        {
            for (var i = 0; i < 5; i++)
            {
                var watch = Stopwatch.StartNew();
                using var answer = await author.TryPost(new { status = $"post {i} to @{author.Username}" });
                var status = await Person.Ok(Task.FromResult(answer));

                Assert.True(watch.Elapsed < FirstWithin, $"Post {i} took {watch.Elapsed}.");
                Assert.Equal("redis", answer.Headers.GetValues("Microblog-Standby").Single());
                Assert.Equal(author.Username, status.GetProperty("account").GetProperty("username").GetString());
                Assert.Single(status.GetProperty("mentions").EnumerateArray());
                answered.Add(status.GetProperty("id").GetString()!);
            }
        }
        finally
        {
            await Heal(state);
        }

        await RunningOnOwnServers.Until(() => Task.FromResult(HeardOf(author).SetEquals(answered)));
    }

    [Fact]
    public async Task A_post_that_may_be_on_its_way_is_not_called_unknown_while_redis_is_away()
    {
        var reader = await ingest.NewPerson();
        var young = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16;
        await Harm("stopped");
        try
        {
            await ingest.SeesAway("redis");
            using var undecided = await reader.Try("favourite", Text(young));
            using var unknown = await reader.Try("favourite", Text(RunningIngest.NewId()));

            Assert.Equal(HttpStatusCode.ServiceUnavailable, undecided.StatusCode);
            Assert.NotNull(undecided.Headers.RetryAfter);
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }
        finally
        {
            await Heal("stopped");
        }
    }

    [Fact]
    public async Task A_key_repeated_while_redis_is_away_and_again_afterwards_stands_for_one_post()
    {
        var author = await ingest.NewPerson();
        JsonElement first, second;
        await Harm("stopped");
        try
        {
            await ingest.SeesAway("redis");
            first = await Person.Ok(author.TryPost(new { status = "hello" }, "key"));
            second = await Person.Ok(author.TryPost(new { status = "hello" }, "key"));
        }
        finally
        {
            await Heal("stopped");
        }

        await ingest.IsWell();
        var third = await Person.Ok(author.TryPost(new { status = "hello" }, "key"));

        var id = Assert.Single(
            new[] { first, second, third }.Select(post => post.GetProperty("id").GetString()).Distinct());
        await RunningOnOwnServers.Until(() => Task.FromResult(HeardOf(author).SetEquals([id!])));
    }

    [Fact]
    public async Task A_key_used_just_before_redis_went_away_is_still_known()
    {
        var author = await ingest.NewPerson();
        var first = await Person.Ok(author.TryPost(new { status = "hello" }, "key"));
        await Harm("hung");
        try
        {
            await ingest.SeesAway("redis");
            var again = await Person.Ok(author.TryPost(new { status = "hello" }, "key"));

            Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        }
        finally
        {
            await Heal("hung");
        }
    }

    [Fact]
    public async Task What_people_do_with_posts_is_accepted_and_their_marks_are_there_when_redis_is_back()
    {
        var (author, other) = (await ingest.NewPerson(), await ingest.NewPerson());
        var (liked, unwanted) = (APost.By(author.Id), APost.By(author.Id));
        foreach (var post in new[] { liked, unwanted })
        {
            await ingest.Keep(post);
            ingest.Neighbours.Posts[post.PostId] = new(post, new(0, 0, 0, Version: 1));
        }

        await Harm("stopped");
        try
        {
            await ingest.SeesAway("redis");
            var id = liked.PostId.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(1, (await other.Do("favourite", id)).GetProperty("favourites_count").GetInt32());
            Assert.Equal(id, (await other.Do("reblog", id)).GetProperty("reblog").GetProperty("id").GetString());
            var reply = await other.Post("hi", inReplyToId: id);
            Assert.Equal(id, reply.GetProperty("in_reply_to_id").GetString());
            using var deleted = await author.TryDelete(unwanted.PostId.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        }
        finally
        {
            await Heal("stopped");
        }

        await ingest.Heard.First<PostDeleted>(post => post.PostId == unwanted.PostId);
        await ingest.Heard.First<FavouriteChanged>(change => change.AccountId == other.Id);
        await RunningOnOwnServers.Until(async () => await Mark(other, PostMarks.Favourite(liked.PostId)) == 1
            && await Mark(other, PostMarks.Boost(liked.PostId)) > 0);
    }

    [Fact]
    public async Task While_redis_and_the_broker_are_away_writing_is_refused_and_nothing_is_kept()
    {
        var author = await ingest.NewPerson();
        await ingest.Servers.Kill("rabbitmq");
        await ingest.Servers.Kill("redis");
        try
        {
            await ingest.SeesAway("rabbitmq");
            await ingest.SeesAway("redis");
            var watch = Stopwatch.StartNew();
            using var refused = await author.TryPost(new { status = "hello" });

            await Refused.With(
                HttpStatusCode.ServiceUnavailable,
                "There was a temporary problem serving your request, please try again",
                refused);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("rabbitmq, redis", refused.Headers.GetValues("Microblog-Standby").Single());
            Assert.True(watch.Elapsed < FirstWithin, $"The refusal took {watch.Elapsed}.");
        }
        finally
        {
            await ingest.Servers.StartAgain("redis");
            await ingest.Servers.StartAgain("rabbitmq");
        }

        await ingest.IsWell();
        var post = await author.Post("hello again");
        await RunningOnOwnServers.Until(() => Task.FromResult(
            HeardOf(author).SetEquals([post.GetProperty("id").GetString()!])));
    }

    private Task Harm(string state) => state switch
    {
        "stopped" => ingest.Servers.Kill("redis"),
        "hung" => ingest.Servers.Pause("redis"),
        "full" => Configure("maxmemory", "1"),
        "read-only" => Execute("REPLICAOF", "127.0.0.1", "1"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private Task Heal(string state) => state switch
    {
        "stopped" => ingest.Servers.StartAgain("redis"),
        "hung" => ingest.Servers.Resume("redis"),
        "full" => Configure("maxmemory", "0"),
        "read-only" => Execute("REPLICAOF", "NO", "ONE"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private Task Configure(string setting, string value) => Execute("CONFIG", "SET", setting, value);

    // On a connection of its own: the service's lets nothing through while Redis refuses.
    private async Task Execute(string command, params object[] arguments)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{ingest.Servers.Redis},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }

    private async Task<long> Mark(Person person, string field)
    {
        var mark = await ingest.Redis.Run(database => database.HashGetAsync(PostMarks.Key(person.Id), field));
        return mark.IsNull ? -1 : (long)mark;
    }

    private HashSet<string> HeardOf(Person author) =>
        [.. ingest.Heard.All<PostCreated>(post => post.AuthorId == author.Id)
            .Select(post => post.PostId.ToString(CultureInfo.InvariantCulture))];

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
