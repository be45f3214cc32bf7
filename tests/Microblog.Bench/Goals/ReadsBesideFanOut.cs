using System.Diagnostics;
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

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    public static async Task<Figure> Measure(
        BenchContext context, IReadOnlyList<Person> readers, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var writers = new Writers(system, crowd.Apart);
        await using var delivery = await Delivery.Connect(system);
        var peak = await Peak.Find(writers, delivery, context.Blocks.Length, cancellationToken);
        using var connection = await KeptConnection.Open(system.Origin, cancellationToken);
        byte[][] requests =
        [
            .. readers.Select(reader =>
                KeptConnection.Request(system.Origin, "/api/v1/timelines/home", reader.Token)),
        ];

        var blocks = new Blocks(context.Blocks.Rounds, context.Blocks.Length / 2, context.Progress);
        var rounds = await blocks.Alternate(
            "G6e",
            [
                (length, stop) => Read(connection, requests, length, stop),
                async (length, stop) =>
                {
                    var posting = writers.Open(Load * peak.PerSecond, length, watch: null, stop);
                    var latency = await Read(connection, requests, length, stop);
                    await delivery.Settle(await posting, stop);
                    return latency;
                },
            ],
            cancellationToken);
        return new("G6e", "p99 of reads beside a fan-out at 80 % of the most ÷ alone", "x",
            Bounds.AtMost(3, 2), [.. rounds.Select(round => round[1] / round[0])])
        {
            Measured = string.Create(
                CultureInfo.InvariantCulture,
                $"{Median(rounds, 1):0.0} ms ÷ {Median(rounds, 0):0.0} ms, "
                + $"{1 / Every.TotalSeconds:0} reads/s beside {Load * peak.PerSecond:0} posts/s to 4,000"),
        };
    }

    private static async Task<double> Read(
        KeptConnection connection, byte[][] requests, TimeSpan length, CancellationToken cancellationToken)
    {
        var latency = new Histogram();
        var started = Stopwatch.GetTimestamp();
        for (var (i, intended) = (0, TimeSpan.Zero); intended < length; i++, intended += Every)
        {
            while (Stopwatch.GetElapsedTime(started) < intended)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            var status = await connection.Send(requests[i % requests.Length], cancellationToken);
            if (status != 200)
                throw new InvalidOperationException($"A home timeline was answered with {status}.");
            latency.Record(Stopwatch.GetElapsedTime(started) - intended);
        }

        return latency.Milliseconds(Quantile);
    }

    private static double Median(IReadOnlyList<double[]> rounds, int contestant) =>
        Spread.Of([.. rounds.Select(round => round[contestant])]).Median;
}
