using Microblog.LoadTest;

namespace Microblog.Bench.Tests;

public sealed class BlocksTests
{
    [Fact]
    public async Task Contestants_alternate_and_the_first_round_is_dropped()
    {
        var order = "";
        var blocks = new Blocks(rounds: 2, TimeSpan.FromSeconds(1), new Progress());

        var rounds = await blocks.Alternate("G0", [Contestant("A"), Contestant("B")], CancellationToken.None);

        Assert.Equal("ABBAAB", order);
        Assert.Equal([["A", "B"], ["A", "B"]], rounds);

        Func<TimeSpan, CancellationToken, Task<string>> Contestant(string name) => (_, _) =>
        {
            order += name;
            return Task.FromResult(name);
        };
    }

    [Fact]
    public async Task Shuffled_contestants_share_the_time_of_a_block_and_change_their_order()
    {
        var order = new List<string>();
        var lengths = new List<TimeSpan>();
        var blocks = new Blocks(rounds: 2, TimeSpan.FromSeconds(10), new Progress());

        var rounds = await blocks.Shuffle(
            "G0", turns: 5, [Contestant("A"), Contestant("B"), Contestant("C")], CancellationToken.None);

        var turns = order.Chunk(3).ToArray();
        Assert.All(turns, turn => Assert.Equal(["A", "B", "C"], turn.Order()));
        Assert.Equal(3 * 5, turns.Length);
        Assert.True(turns.Select(Text).Distinct().Count() > 2);
        Assert.All(lengths, length => Assert.Equal(TimeSpan.FromSeconds(2), length));
        Assert.Equal(2, rounds.Count);
        Assert.All(rounds, round => Assert.Equal(Enumerable.Repeat("ABC", 5), round.Select(Text)));

        static string Text(string[] turn) => string.Concat(turn);

        Func<TimeSpan, CancellationToken, Task<string>> Contestant(string name) => (length, _) =>
        {
            order.Add(name);
            lengths.Add(length);
            return Task.FromResult(name);
        };
    }
}
