using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Reading;
using Microblog.Bench.Systems;
using Microblog.Keyspaces;
using Microblog.LoadTest.Worlds;

namespace Microblog.Bench.Goals;

/// <summary>
/// G6: home timelines with 20 whole posts against an endpoint that does one LRANGE, both asked directly, without the
/// gateway; and whether a read costs the same however long the timeline is and however many people the reader follows.
/// </summary>
internal sealed class HomeReads : IGoal
{
    private const int Clients = 16;
    private const int TimelinePort = 3;
    private const int PeerPort = 25;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public string Id => "G6";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var world = await ReadingWorld.Make(system, cancellationToken);
        var ours = At(system, TimelinePort);
        using var peer = await BareReads.Start(
            system.Origin.Port + PeerPort, system.Engines.Redis!, cancellationToken);
        using var toPeer = await ClosedLoop.Open(peer.Origin, Clients, cancellationToken);
        using var toUs = await ClosedLoop.Open(ours, Clients, cancellationToken);

        Contestant Read(IReadOnlyList<Person> readers) => new(
            toUs,
            [.. readers.Select(reader => KeptConnection.Request(ours, "/api/v1/timelines/home", reader.Token))],
            () => Cpu(system, "timeline", "redis"));
        Contestant[] contestants =
        [
            new(
                toPeer,
                [.. world.Usual.Select(reader => KeptConnection.Request(
                    peer.Origin, "/" + HomeTimelines.Key(reader.Id), token: null))],
                () => peer.Cpu.TotalSeconds + Cpu(system, "redis")),
            Read(world.Usual), Read(world.Few), Read(world.Short), Read(world.Many),
        ];
        // Until what runs often has been compiled for good: that takes some ten thousand requests.
        foreach (var contestant in contestants.Take(2))
            await contestant.Measure(WarmUp, cancellationToken);
        // Five contestants share a round, so that it is not much longer than others.
        var blocks = new Blocks(context.Blocks.Rounds, context.Blocks.Length / 2, context.Progress);
        var rounds = await blocks.Alternate(
            "G6",
            [.. contestants.Select<Contestant, Func<TimeSpan, CancellationToken, Task<Contestant.Answered>>>(
                contestant => contestant.Measure)],
            cancellationToken);
        return
        [
            WholePosts(rounds),
            Flat("length: 800 entries against 20", rounds, 2, 3),
            Flat("followees: 5,000 against 10", rounds, 4, 2),
            await ReadsBesideFanOut.Measure(context, world.Usual, cancellationToken),
        ];
    }

    private static Figure WholePosts(IReadOnlyList<Contestant.Answered[]> rounds) => new(
        "G6b", "home timelines of 20 whole posts/s ÷ bare endpoint with one LRANGE", "x", Bounds.AtLeast(0.4, 0.6),
        [.. rounds.Select(round => round[1].PerSecond / round[0].PerSecond)])
    {
        Measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(rounds, 1, some => some.PerSecond):#,0}/s ÷ {Median(rounds, 0, some => some.PerSecond):#,0}/s; "
            + $"CPU {Median(rounds, 1, some => some.CpuMicroseconds):0} µs and "
            + $"{Median(rounds, 0, some => some.CpuMicroseconds):0} µs a read with Redis, the client's not counted"),
    };

    /// <summary>Percent by which one contestant is slower than another.</summary>
    private static Figure Flat(string what, IReadOnlyList<Contestant.Answered[]> rounds, int one, int other) => new(
        "G6c", $"reads are slower with {what}, by", "%", Bounds.AtMost(5, 3),
        [.. rounds.Select(round => 100 * (1 - (round[one].PerSecond / round[other].PerSecond)))])
    {
        Measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(rounds, one, some => some.PerSecond):#,0}/s and "
            + $"{Median(rounds, other, some => some.PerSecond):#,0}/s"),
    };

    private static double Median(
        IReadOnlyList<Contestant.Answered[]> rounds, int contestant, Func<Contestant.Answered, double> figure) =>
        Spread.Of([.. rounds.Select(round => figure(round[contestant]))]).Median;

    private static double Cpu(BenchSystem system, params string[] parts)
    {
        var cpu = system.ReadCpu();
        return parts.Sum(part => cpu[part]);
    }

    private static Uri At(BenchSystem system, int offset) =>
        new UriBuilder(system.Origin) { Port = system.Origin.Port + offset }.Uri;
}
