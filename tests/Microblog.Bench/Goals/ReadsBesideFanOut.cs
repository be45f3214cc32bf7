using System.Globalization;
using Microblog.Bench.Reading;
using Microblog.Bench.Writing;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Worlds;

namespace Microblog.Bench.Goals;

/// <summary>
/// G6: whether those who read notice a fan-out at four fifths of the rate that the system can bear, 4,000 followers a
/// post. Few read, so that they are no load themselves; timed from when each was to be sent.
/// </summary>
internal static class ReadsBesideFanOut
{
    private const double Load = 0.8;
    private const double Quantile = 0.99;

    /// <summary>Connections, each with a read whenever <see cref="Every"/> has passed; they take turns.</summary>
    private const int Connections = 4;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    public static async Task<Figure> Measure(
        BenchContext context, IReadOnlyList<Person> people, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var writers = new Writers(system, crowd.Apart);
        await using var delivery = await Delivery.Connect(system);
        var peak = await Peak.Find(writers, delivery, context.Blocks.Length, cancellationToken);
        using var readers = await PacedReads.Open(system.Origin, Connections, Every, cancellationToken);
        byte[][] requests =
        [
            .. people.Select(person =>
                KeptConnection.Request(system.Origin, "/api/v1/timelines/home", person.Token)),
        ];

        var blocks = new Blocks(context.Blocks.Rounds, context.Blocks.Length / 2, context.Progress);
        var rounds = await blocks.Alternate(
            "G6e",
            [
                (length, stop) => readers.Run(requests, length, stop),
                async (length, stop) =>
                {
                    var posting = writers.Open(Load * peak.PerSecond, length, watch: null, stop);
                    var latency = await readers.Run(requests, length, stop);
                    await delivery.Settle(await posting, stop);
                    return latency;
                },
            ],
            cancellationToken);
        // At rest it is the same in each round, and one slow moment among few reads would be all that is seen of it.
        var alone = new Histogram();
        foreach (var round in rounds)
            alone.Add(round[0]);
        var (atRest, beside) = (alone.Milliseconds(Quantile), rounds.Select(round => round[1].Milliseconds(Quantile)));
        return new("G6e", "p99 of reads beside a fan-out at 80 % of the most ÷ alone", "x",
            Bounds.AtMost(3, 2), [.. beside.Select(milliseconds => milliseconds / atRest)])
        {
            Measured = string.Create(
                CultureInfo.InvariantCulture,
                $"{Spread.Of([.. beside]).Median:0.0} ms ÷ {atRest:0.0} ms of all rounds, "
                + $"{Connections / Every.TotalSeconds:0} reads/s beside {Load * peak.PerSecond:0} posts/s to 4,000"),
        };
    }
}
