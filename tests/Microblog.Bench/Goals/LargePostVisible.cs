using System.Diagnostics;
using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Systems;
using Microblog.Bench.Writing;

namespace Microblog.Bench.Goals;

/// <summary>
/// G4: how soon the last of 100,000 followers can read a post when nothing else is under way, against the time in which
/// redis-benchmark pushes to as many timelines.
/// </summary>
internal sealed class LargePostVisible : IGoal
{
    private const int Followers = 100_000;

    public string Id => "G4";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var author = crowd.Sized[Followers][0];
        var writers = new Writers(system, [author]);
        await using var delivery = await Delivery.Connect(system);
        using var peer = await RedisBenchmark.Prepare(system, CrowdedWorld.ApartReaderCount);
        var rounds = await context.Blocks.Alternate(
            "G4c",
            [
                (length, stop) => Post(writers, author, delivery, length / 4, stop),
                async (length, stop) => Followers / await peer.Measure(length / 4, stop),
            ],
            cancellationToken);
        await peer.Remove();
        return
        [
            new("G4c", "a post until the last of 100,000 followers can read it ÷ as many pushes by redis-benchmark",
                "x", Bounds.AtMost(2, 1.5), [.. rounds.Select(round => round[0] / round[1])])
            {
                Measured = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{1e3 * Spread.Of([.. rounds.Select(round => round[0])]).Median:0} ms ÷ "
                    + $"{1e3 * Spread.Of([.. rounds.Select(round => round[1])]).Median:0} ms"),
            },
        ];
    }

    /// <summary>Seconds from sending a post until it is everywhere, the median of some.</summary>
    private static async Task<double> Post(
        Writers writers, Author author, Delivery delivery, TimeSpan length, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            var sent = Stopwatch.GetTimestamp();
            var posted = await writers.Each([author], cancellationToken);
            if (posted.Newest.Count == 0)
                throw new InvalidOperationException("A post to everybody was not accepted.");
            await delivery.Watch(posted.Newest.Single(), cancellationToken);
            seconds.Add(Stopwatch.GetElapsedTime(sent).TotalSeconds);
            await delivery.Settle(posted, cancellationToken);
        }

        return Spread.Of([.. seconds]).Median;
    }
}
