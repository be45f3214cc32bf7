using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Keyspaces;

namespace Microblog.Bench.Goals;

/// <summary>
/// G6: what a page asks of Redis, the newest ids and a margin, against what Misskey asks, the whole list. Both by
/// redis-benchmark, from the same full lists.
/// </summary>
internal sealed class ReadShape : IGoal
{
    private const int Lists = 10_000;
    private const int PageLength = 20;

    public string Id => "G6";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        using var redis = await RedisBenchmark.Prepare(await context.System(cancellationToken), Lists);
        var rounds = await context.Blocks.Alternate(
            "G6d",
            [
                (length, stop) => redis.MeasureReads(PageLength + TimelineLists.ReadMargin, length / 4, stop),
                (length, stop) => redis.MeasureReads(count: null, length / 4, stop),
            ],
            cancellationToken);
        await redis.Remove();
        return
        [
            new("G6d", "ids of a page from Redis/s ÷ whole lists/s, as Misskey reads them", "x", Bounds.AtLeast(5, 5),
                [.. rounds.Select(round => round[0] / round[1])])
            {
                Measured = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Spread.Of([.. rounds.Select(round => round[0])]).Median / 1e3:0} k/s ÷ "
                    + $"{Spread.Of([.. rounds.Select(round => round[1])]).Median / 1e3:0} k/s"),
            },
        ];
    }
}
