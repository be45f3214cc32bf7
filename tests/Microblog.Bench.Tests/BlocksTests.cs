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
}
