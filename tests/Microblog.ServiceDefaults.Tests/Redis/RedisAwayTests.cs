using System.Diagnostics;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Tests.Redis;

public sealed class RedisAwayTests : HarmedRedis
{
    [Fact]
    public async Task Of_many_calls_to_a_redis_that_hangs_only_the_first_wait_and_all_answer_when_it_goes_on()
    {
        await Servers.Pause("redis");
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < 50; i++)
            await Assert.ThrowsAsync<RedisAwayException>(Read);

        // Two deadlines, and the probe or two that fell into them; fifty would be fifty seconds.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal(["redis"], Board.Away);
        await Servers.Resume("redis");
        await Answers(Read);
        Assert.Empty(Board.Away);
    }

    [Fact]
    public async Task A_redis_that_was_killed_is_used_again_once_it_is_back()
    {
        await Servers.Kill("redis");
        await Assert.ThrowsAsync<RedisAwayException>(Read);

        await Servers.StartAgain("redis");

        await Answers(Read);
        Assert.Empty(Board.Away);
    }

    [Fact]
    public async Task A_redis_that_refuses_to_write_is_away_for_readers_too_until_it_writes_again()
    {
        await Execute("CONFIG", "SET", "maxmemory", "1");
        await Assert.ThrowsAsync<RedisAwayException>(() => Redis.Run(database => database.StringSetAsync("a", "b")));

        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<RedisAwayException>(Read);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["redis"], Board.Away);
        await Execute("CONFIG", "SET", "maxmemory", "0");
        await Answers(Read);
        Assert.Empty(Board.Away);
    }

    [Fact]
    public async Task An_error_of_ours_is_not_taken_for_an_absence()
    {
        await Redis.Run(database => database.StringSetAsync("text", "b"));

        await Assert.ThrowsAsync<RedisServerException>(() => Redis.Run(database => database.ListLengthAsync("text")));

        Assert.Empty(Board.Away);
        await Read();
    }

    private Task<RedisValue> Read() => Redis.Run(database => database.StringGetAsync("a"));

    // On a connection of its own: the gateway's lets nothing through while Redis refuses.
    private async Task Execute(string command, params object[] arguments)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{Servers.Redis},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }
}
