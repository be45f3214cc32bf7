using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Systems;

namespace Microblog.Bench.Goals;

/// <summary>Blocks of posts in turn with blocks of redis-benchmark on as many timelines.</summary>
internal sealed record AgainstRedis(IReadOnlyList<PostedBlock> Ours, IReadOnlyList<double> Peer)
{
    public static async Task<AgainstRedis> Measure(
        BenchContext context,
        BenchSystem system,
        string goal,
        IReadOnlyList<Author> authors,
        int timelineCount,
        CancellationToken cancellationToken)
    {
        using var peer = await RedisBenchmark.Prepare(system, timelineCount);
        var posts = new Posting(system);
        var rounds = await context.Blocks.Alternate<object>(
            goal,
            [
                async (length, token) => await posts.Run(authors, length, token),
                async (length, token) => await peer.Measure(length, token),
            ],
            cancellationToken);
        await peer.Remove();
        return new([.. rounds.Select(round => (PostedBlock)round[0])], [.. rounds.Select(round => (double)round[1])]);
    }

    public Figure Figure(string id, string what, Bounds bounds)
    {
        var deliveries = Ours.Sum(block => block.Deliveries);
        var use = Ours.Select(block => block.Use).Aggregate((sum, use) => sum.Plus(use));
        return new(id, what, "x", bounds, [.. Ours.Zip(Peer, (our, peer) => our.DeliveriesPerSecond / peer)])
        {
            Measured = string.Create(
                CultureInfo.InvariantCulture,
                $"{Spread.Of([.. Ours.Select(block => block.DeliveriesPerSecond)]).Median / 1e3:0} k/s ÷ "
                + $"{Spread.Of([.. Peer]).Median / 1e3:0} k/s"),
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{(double)deliveries / use.Pushes:0.0} ids per RPUSHX; µs of CPU per delivery: "
                + $"{use.Describe(deliveries)}; {use.AllCpu / deliveries * 1e6:0.00} in all; "
                + $"{Ours.Sum(block => block.Posts)} posts, {Ours.Sum(block => block.Refused)} refused."),
        };
    }
}
