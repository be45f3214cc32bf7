using System.Globalization;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.ServiceDefaults.Tests.Redis;

public sealed class RawCommandsTests : HarmedRedis
{
    [Fact]
    public async Task Every_command_is_answered_with_its_number()
    {
        const int Count = 20_000;
        using var commands = new RawCommands();
        for (var i = 0; i < Count; i++)
            Push(commands, list: i % 10, value: long.MinValue + i);

        var lengths = await Redis.RunRaw(commands);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => (i / 10) + 1L), lengths);
        var last = await Redis.Run(database => database.ListGetByIndexAsync("list:9", -1));
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

        Assert.Equal<long[]>([1, RawCommands.Nothing, 1], await Redis.RunRaw(commands));
    }

    [Fact]
    public async Task Several_callers_do_not_hear_each_others_answers()
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(async list =>
        {
            using var commands = new RawCommands();
            for (var i = 0; i < 1_000; i++)
                Push(commands, list, i);
            return (await Redis.RunRaw(commands)).Sum();
        }));

        Assert.All(sums, sum => Assert.Equal(1_000 * 1_001 / 2, sum));
    }

    [Fact]
    public async Task A_refused_command_fails_the_call_and_the_next_one_is_answered()
    {
        await Redis.Run(database => database.StringSetAsync("list:1", "no list"));
        using var commands = new RawCommands();
        Push(commands, list: 0, 1);
        Push(commands, list: 1, 1);
        Push(commands, list: 2, 1);

        var refusal = await Assert.ThrowsAsync<RawErrorException>(() => Redis.RunRaw(commands));

        Assert.StartsWith("WRONGTYPE", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Board.Away);
        Assert.Equal(2, Assert.Single(await PushOne(list: 2)));
    }

    [Fact]
    public async Task A_redis_that_was_killed_is_away_and_is_used_again_once_it_is_back()
    {
        await PushOne(list: 0);
        await Servers.Kill("redis");

        await Assert.ThrowsAsync<RedisAwayException>(() => PushOne(list: 0));
        Assert.Equal(["redis"], Board.Away);

        await Servers.StartAgain("redis");
        await Answers(() => PushOne(list: 0));
        Assert.Empty(Board.Away);
    }

    [Fact]
    public async Task A_redis_that_hangs_is_away_after_the_deadline()
    {
        await PushOne(list: 0);
        await Servers.Pause("redis");

        await Assert.ThrowsAsync<RedisAwayException>(() => PushOne(list: 0));

        await Servers.Resume("redis");
        await Answers(() => PushOne(list: 0));
    }

    [Fact]
    public async Task A_redis_that_refuses_to_write_is_away()
    {
        await Redis.Run(database => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"));

        await Assert.ThrowsAsync<RedisAwayException>(() => PushOne(list: 0));

        Assert.Equal(["redis"], Board.Away);
    }

    [Fact]
    public async Task One_server_is_no_cluster() => Assert.False(await Redis.IsCluster());

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
        return await Redis.RunRaw(commands);
    }
}
