using System.Globalization;
using Microblog.Bench.Writing;

namespace Microblog.Bench.Goals;

/// <summary>G11: what is left of the best throughput when twice as much is offered, whatever is answered.</summary>
internal sealed class Overload : IGoal
{
    public string Id => "G11";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var writers = new Writers(system, crowd.Ordinary);
        await using var delivery = await Delivery.Connect(system);
        var peak = await Peak.Find(writers, delivery, context.Blocks.Length, cancellationToken);
        var rounds = await context.Blocks.Alternate<(PostingResult Posts, TimeSpan Debt)>(
            "G11",
            [
                async (length, stop) => await Settled(await writers.Closed(peak.Clients, length, stop), stop),
                async (length, stop) =>
                    await Settled(await writers.Open(2 * peak.PerSecond, length, watch: null, stop), stop),
            ],
            cancellationToken);
        if (rounds.Sum(round => round[1].Posts.Failed) is > 0 and var failed)
            throw new InvalidOperationException($"{failed} posts were neither accepted nor told to come again.");

        return
        [
            new("G11", "accepted and delivered at twice saturation ÷ at saturation", "x", Bounds.AtLeast(0.8, 0.9),
                [.. rounds.Select(round => Goodput(round[1]) / Goodput(round[0]))])
            {
                Measured = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Median(rounds, 1):0} posts/s of {2 * peak.PerSecond:0} offered ÷ {Median(rounds, 0):0}"),
            },
            new("G11b", "until a backlog of twice saturation is gone ÷ how long it was offered", "x",
                Bounds.AtMost(1, 0.5), [.. rounds.Select(round => round[1].Debt / round[1].Posts.Offered)]),
        ];

        async Task<(PostingResult, TimeSpan)> Settled(PostingResult posts, CancellationToken stop) =>
            (posts, await delivery.Settle(posts, stop));
    }

    private static double Goodput((PostingResult Posts, TimeSpan Debt) load) => load.Posts.Goodput(load.Debt);

    private static double Median(IReadOnlyList<(PostingResult, TimeSpan)[]> rounds, int contestant) =>
        Spread.Of([.. rounds.Select(round => Goodput(round[contestant]))]).Median;
}
