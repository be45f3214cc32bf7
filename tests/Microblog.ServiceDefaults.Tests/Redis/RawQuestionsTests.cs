using System.Globalization;
using System.Text;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.Tests.Redis;

public sealed class RawQuestionsTests : HarmedRedis
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_command_has_its_values(bool isByClient)
    {
        await Redis.Run(async store =>
        {
            await store.ListRightPushAsync("list", [1, 2, 3]);
            await store.StringSetAsync("text", "two\r\nlines");
            await store.HashSetAsync("hash", "known", "");
        });
        using var commands = Commands(
            ["LRANGE", "list", "0", "-1"],
            ["LRANGE", "nothing", "0", "-1"],
            ["MGET", "text", "nothing"],
            ["LINDEX", "list", "7"],
            ["HMGET", "hash", "known", "unknown"],
            ["EXPIRE", "list", "60"],
            ["LINDEX", "list", "-1"]);

        using var answer = isByClient
            ? await Redis.Run(store => RawByClient.Ask(commands, store))
            : await Redis.Ask(commands);

        Assert.Equal([1, 2, 3], answer.Numbers(0));
        Assert.Equal(0, answer.Count(1));
        Assert.Equal(["two\r\nlines", null], Texts(answer, 2));
        Assert.Equal([null], Texts(answer, 3));
        Assert.Equal(["", null], Texts(answer, 4));
        Assert.Equal(1, answer.Number(5, 0));
        Assert.Equal(3, answer.Number(6, 0));
    }

    [Fact]
    public async Task Everybody_hears_the_answer_to_his_own_question()
    {
        const int Callers = 500;
        await Redis.Run(store => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller =>
            // Of very different lengths: some come in pieces, and some together with others.
            store.StringSetAsync($"caller:{caller}", Says(caller)))));

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var times = 0; times < 20; times++)
            {
                using var commands = Commands(["GET", $"caller:{caller}"], ["GET", $"caller:{caller}"]);
                using var answer = await Redis.Ask(commands);
                Assert.Equal([Says(caller)], Texts(answer, 0));
                Assert.Equal([Says(caller)], Texts(answer, 1));
            }
        })));

        static string Says(int caller) =>
            string.Create(CultureInfo.InvariantCulture, $"{caller}{new string('-', caller % 7 * caller % 9_973)}");
    }

    [Fact]
    public async Task An_answer_may_be_longer_than_what_is_received_at_once()
    {
        var text = new string('x', 5_000_000);
        await Redis.Run(store => store.StringSetAsync("text", text));
        using var commands = Commands(["GET", "text"], ["GET", "nothing"]);

        using var answer = await Redis.Ask(commands);

        Assert.Equal([text], Texts(answer, 0));
        Assert.True(answer.IsNothing(1, 0));
    }

    [Fact]
    public async Task Answers_may_come_byte_by_byte()
    {
        await using var dripping = new RedisBehindADoor(Servers.Redis, drips: true);
        dripping.Open();
        using var redis = new RedisGateway(
            dripping.ConnectionString,
            Options.Create(new RedisOptions()),
            Board,
            NullLogger<RedisGateway>.Instance);
        using var commands = Commands(["GET", "nothing"], ["LLEN", "nothing"]);
        for (var times = 0; times < 50; times++)
        {
            Assert.Equal<long[]>([RawCommands.Nothing, 0], await redis.RunRaw(commands));
            using var answer = await redis.Ask(commands);
            Assert.True(answer.IsNothing(0, 0));
            Assert.Equal(0, answer.Number(1, 0));
        }

        const int Many = 5_000;
        using var lengths = Commands([.. Enumerable.Repeat<string[]>(["LLEN", "nothing"], Many)]);
        Assert.Equal<long[]>(new long[Many], await redis.RunRaw(lengths));
    }

    [Fact]
    public async Task A_refused_command_fails_its_caller_and_nobody_else()
    {
        await Redis.Run(store => store.StringSetAsync("text", "no list"));
        using var wrong = Commands(["GET", "text"], ["LRANGE", "text", "0", "-1"]);
        using var right = Commands(["GET", "text"]);

        var wrongs = Enumerable.Range(0, 50).Select(_ => Redis.Ask(wrong)).ToArray();
        var rights = Enumerable.Range(0, 50).Select(_ => Redis.Ask(right)).ToArray();

        foreach (var asked in wrongs)
        {
            var refusal = await Assert.ThrowsAsync<RawErrorException>(() => asked);
            Assert.StartsWith("WRONGTYPE", refusal.Message, StringComparison.Ordinal);
        }

        foreach (var asked in rights)
        {
            using var answer = await asked;
            Assert.Equal(["no list"], Texts(answer, 0));
        }

        Assert.Empty(Board.Away);
    }

    [Fact]
    public async Task No_question_is_answered_at_once()
    {
        using var none = new RawCommands();
        using var answer = await Redis.Ask(none);
        await Ask();
    }

    [Fact]
    public async Task What_is_no_number_is_not_read_as_one()
    {
        await Redis.Run(store => store.StringSetAsync("text", "12 monkeys"));
        using var commands = Commands(["GET", "text"]);

        using var answer = await Redis.Ask(commands);

        Assert.Throws<FormatException>(() => answer.Number(0, 0));
    }

    [Fact]
    public async Task When_redis_closes_the_connection_another_one_is_opened()
    {
        using var commands = Commands(["GET", "nothing"]);
        (await Redis.Ask(commands)).Dispose();

        await Redis.Run(store => store.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal"));

        await Answers(Ask);
        Assert.Empty(Board.Away);
    }

    [Fact]
    public async Task A_redis_that_was_killed_is_away_and_is_asked_again_once_it_is_back()
    {
        using var commands = Commands(["GET", "nothing"]);
        (await Redis.Ask(commands)).Dispose();
        await Servers.Kill("redis");

        await Assert.ThrowsAsync<RedisAwayException>(() => Redis.Ask(commands));
        Assert.Equal(["redis"], Board.Away);

        await Servers.StartAgain("redis");
        await Answers(Ask);
    }

    [Fact]
    public async Task After_a_pause_nobody_hears_what_was_asked_before_it()
    {
        await Redis.Run(store => Task.WhenAll(store.StringSetAsync("old", "old"), store.StringSetAsync("new", "new")));
        using var before = Commands(["GET", "old"]);
        (await Redis.Ask(before)).Dispose();
        await Servers.Pause("redis");
        await Assert.ThrowsAsync<RedisAwayException>(() => Redis.Ask(before));

        await Servers.Resume("redis");

        await Answers(Ask);
        using var after = Commands(["GET", "new"]);
        using var answer = await Redis.Ask(after);
        Assert.Equal(["new"], Texts(answer, 0));
    }

    [Fact]
    public async Task Words_that_were_encoded_beforehand_are_asked_as_they_are()
    {
        await Redis.Run(store => store.HashSetAsync("hash", [new("one", 1), new("two", 2)]));
        using var commands = new RawCommands(16);
        commands.Begin(5);
        commands.Word("HMGET");
        commands.Encoded(RawCommands.Encode("hash"));
        commands.Encoded(RawCommands.Encode("one", "none", "two"));

        using var answer = await Redis.Ask(commands);

        Assert.Equal(["1", null, "2"], Texts(answer, 0));
    }

    private static RawCommands Commands(params string[][] commands)
    {
        var raw = new RawCommands(16);
        foreach (var words in commands)
        {
            raw.Begin(words.Length);
            foreach (var word in words)
                raw.Word(word);
        }

        return raw;
    }

    private static IEnumerable<string?> Texts(RawAnswer answer, int command) =>
        Enumerable.Range(0, answer.Count(command)).Select(i =>
            answer.IsNothing(command, i) ? null : Encoding.UTF8.GetString(answer.Value(command, i)));

    private async Task Ask()
    {
        using var commands = Commands(["GET", "nothing"]);
        (await Redis.Ask(commands)).Dispose();
    }
}
