using System.Globalization;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microblog.ServiceDefaults.Tests.Standby;
using Microblog.TestServers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.Tests.Redis;

public sealed class RawCommandsTests : IAsyncLifetime, IDisposable
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
    }

    public async Task DisposeAsync() => await _servers!.DisposeAsync();

    public void Dispose() => _redis?.Dispose();

    [Fact]
    public async Task Every_command_is_answered_with_its_number()
    {
        const int Count = 20_000;
        using var commands = new RawCommands();
        for (var i = 0; i < Count; i++)
            Push(commands, list: i % 10, value: long.MinValue + i);

        var lengths = await _redis!.RunRaw(commands);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => (i / 10) + 1L), lengths);
        var last = await _redis.Run(database => database.ListGetByIndexAsync("list:9", -1));
        Assert.Equal((long.MinValue + Count - 1).ToString(CultureInfo.InvariantCulture), last.ToString());
    }

    [Fact]
    public async Task A_text_that_is_a_number_is_one_and_what_is_not_there_is_nothing()
    {
        await PushOne(list: 0);
        using var commands = new RawCommands();
        foreach (var index in (long[])[0, 1, -1])
        {
            commands.Begin(3);
            commands.Word("LINDEX"u8);
            commands.Word("list:"u8, 0);
            commands.Word([], index);
        }

        Assert.Equal<long[]>([1, RawCommands.Nothing, 1], await _redis!.RunRaw(commands));
    }

    [Fact]
    public async Task Several_callers_do_not_hear_each_others_answers()
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(async list =>
        {
            using var commands = new RawCommands();
            for (var i = 0; i < 1_000; i++)
                Push(commands, list, i);
            return (await _redis!.RunRaw(commands)).Sum();
        }));

        Assert.All(sums, sum => Assert.Equal(1_000 * 1_001 / 2, sum));
    }

    [Fact]
    public async Task A_refused_command_fails_the_call_and_the_next_one_is_answered()
    {
        await _redis!.Run(database => database.StringSetAsync("list:1", "no list"));
        using var commands = new RawCommands();
        Push(commands, list: 0, 1);
        Push(commands, list: 1, 1);
        Push(commands, list: 2, 1);

        var refusal = await Assert.ThrowsAsync<RawErrorException>(() => _redis.RunRaw(commands));

        Assert.StartsWith("WRONGTYPE", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_board.Away);
        Assert.Equal(2, Assert.Single(await PushOne(list: 2)));
    }

    [Fact]
    public async Task A_redis_that_was_killed_is_away_and_is_used_again_once_it_is_back()
    {
        await PushOne(list: 0);
        await _servers!.Kill("redis");

        await Assert.ThrowsAsync<RedisAwayException>(() => PushOne(list: 0));
        Assert.Equal(["redis"], _board.Away);

        await _servers.StartAgain("redis");
        await Answers();
        Assert.Empty(_board.Away);
    }

    [Fact]
    public async Task A_redis_that_hangs_is_away_after_the_deadline()
    {
        await PushOne(list: 0);
        await _servers!.Pause("redis");

        await Assert.ThrowsAsync<RedisAwayException>(() => PushOne(list: 0));

        await _servers.Resume("redis");
        await Answers();
    }

    [Fact]
    public async Task A_redis_that_refuses_to_write_is_away()
    {
        await _redis!.Run(database => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"));

        await Assert.ThrowsAsync<RedisAwayException>(() => PushOne(list: 0));

        Assert.Equal(["redis"], _board.Away);
    }

    [Fact]
    public async Task One_server_is_no_cluster() => Assert.False(await _redis!.IsCluster());

    private static void Push(RawCommands commands, int list, long value)
    {
        commands.Begin(3);
        commands.Word("RPUSH"u8);
        commands.Word("list:"u8, list);
        commands.Word([], value);
    }

    private async Task<long[]> PushOne(int list)
    {
        using var commands = new RawCommands();
        Push(commands, list, 1);
        return await _redis!.RunRaw(commands);
    }

    private async Task Answers()
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await PushOne(list: 0);
                return;
            }
            catch (RedisAwayException) when (TimeProvider.System.GetElapsedTime(deadline) < Soon)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
