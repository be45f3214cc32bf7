using System.Globalization;
using Microblog.Bench.Reading;
using Microblog.Bench.Systems;
using Microblog.Bench.Writing;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Worlds;

namespace Microblog.Bench.Goals;

/// <summary>
/// G6: whether those who read notice a fan-out at four fifths of its peak, 4,000 followers a post. The peak is that of
/// G1, a write for each delivery. With many posts under way one write serves several, and the system bears three to six
/// times as much: beside four fifths of that it is measured, too. Few read, so that they are no load themselves; timed
/// from when each was to be sent.
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
        var posting = new Posting(system);
        var peak = 0.0;
        // The higher of two: in one block a slow moment would pass for the peak.
        for (var block = 0; block < 2; block++)
        {
            var apart = await posting.Run(crowd.Apart, context.Blocks.Length, cancellationToken);
            peak = Math.Max(peak, apart.Posts / apart.Seconds);
        }

        var combined = (await Peak.Find(writers, delivery, context.Blocks.Length, cancellationToken)).PerSecond;
        using var readers = await PacedReads.Open(system.Origin, Connections, Every, cancellationToken);
        byte[][] requests =
        [
            .. people.Select(person =>
                KeptConnection.Request(system.Origin, "/api/v1/timelines/home", person.Token)),
        ];

        async Task<Histogram> Beside(double postsPerSecond, TimeSpan length, CancellationToken stop)
        {
            var posts = writers.Open(Load * postsPerSecond, length, watch: null, stop);
            var latency = await readers.Run(requests, length, stop);
            await delivery.Settle(await posts, stop);
            return latency;
        }

        var blocks = new Blocks(context.Blocks.Rounds, context.Blocks.Length / 2, context.Progress);
        var rounds = await blocks.Alternate(
            "G6e",
            [
                (length, stop) => readers.Run(requests, length, stop),
                (length, stop) => Beside(peak, length, stop),
                (length, stop) => Beside(combined, length, stop),
            ],
            cancellationToken);
        // At rest it is the same in each round, and one slow moment among few reads would be all that is seen of it.
        var alone = new Histogram();
        foreach (var round in rounds)
            alone.Add(round[0]);
        var atRest = alone.Milliseconds(Quantile);
        double[] Late(int contestant) => [.. rounds.Select(round => round[contestant].Milliseconds(Quantile))];
        var (beside, besideCombined) = (Late(1), Spread.Of([.. Late(2)]).Median);
        return new("G6e", "p99 of reads beside a fan-out at 80 % of its peak ÷ alone", "x",
            Bounds.AtMost(3, 2), [.. beside.Select(milliseconds => milliseconds / atRest)])
        {
            Measured = string.Create(
                CultureInfo.InvariantCulture,
                $"{Spread.Of([.. beside]).Median:0.0} ms ÷ {atRest:0.0} ms of all rounds, "
                + $"{Connections / Every.TotalSeconds:0} reads/s beside {Load * peak:0} posts/s to 4,000"),
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"The peak is that of one write for each delivery, as in G1: {peak:0} posts/s. Beside "
                + $"{Load * combined:0} posts/s, four fifths of what one write for several bears, it is "
                + $"{besideCombined:0.0} ms, {besideCombined / atRest:0.0} x."),
        };
    }
}
