using System.Diagnostics;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microblog.ServiceDefaults.Tests.Standby;
using Microblog.TestServers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Tests.Redis;

public sealed class RedisAwayTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly StandbyBoard _board = AStandbyBoard.New();
    private OwnServers? _servers;
    private RedisGateway? _redis;

    public async Task InitializeAsync()
    {
        _servers = await OwnServers.Start("redis");
        _redis = new(
            _servers.Redis,
            Options.Create(new RedisOptions()),
            _board,
            NullLogger<RedisGateway>.Instance);
        await Answers();
    }

    public async Task DisposeAsync() => await _servers!.DisposeAsync();

    public void Dispose() => _redis?.Dispose();

    [Fact]
    public async Task Of_many_calls_to_a_redis_that_hangs_only_the_first_wait_and_all_answer_when_it_goes_on()
    {
        await _servers!.Pause("redis");
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < 50; i++)
            await Assert.ThrowsAsync<RedisAwayException>(Read);

        // Two deadlines, and the probe or two that fell into them; fifty would be fifty seconds.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal(["redis"], _board.Away);
        await _servers.Resume("redis");
        await Answers();
        Assert.Empty(_board.Away);
    }

    [Fact]
    public async Task A_redis_that_was_killed_is_used_again_once_it_is_back()
    {
        await _servers!.Kill("redis");
        await Assert.ThrowsAsync<RedisAwayException>(Read);

        await _servers.StartAgain("redis");

        await Answers();
        Assert.Empty(_board.Away);
    }

    [Fact]
    public async Task A_redis_that_refuses_to_write_is_away_for_readers_too_until_it_writes_again()
    {
        await Execute("CONFIG", "SET", "maxmemory", "1");
        await Assert.ThrowsAsync<RedisAwayException>(() => _redis!.Run(database => database.StringSetAsync("a", "b")));

        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<RedisAwayException>(Read);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["redis"], _board.Away);
        await Execute("CONFIG", "SET", "maxmemory", "0");
        await Answers();
        Assert.Empty(_board.Away);
    }

    [Fact]
    public async Task An_error_of_ours_is_not_taken_for_an_absence()
    {
        await _redis!.Run(database => database.StringSetAsync("text", "b"));

        await Assert.ThrowsAsync<RedisServerException>(() => _redis.Run(database => database.ListLengthAsync("text")));

        Assert.Empty(_board.Away);
        await Read();
    }

    private Task<RedisValue> Read() => _redis!.Run(database => database.StringGetAsync("a"));

    private async Task Answers()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await Read();
                return;
            }
            catch (RedisAwayException) when (watch.Elapsed < Soon)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    // On a connection of its own: the gateway's lets nothing through while Redis refuses.
    private async Task Execute(string command, params object[] arguments)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{_servers!.Redis},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }
}
