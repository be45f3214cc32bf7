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

    /// <summary>Blocks of a round for each contestant, a quarter of a second each.</summary>
    private const int Turns = 7;

    /// <summary>The same where a few percent matter, a twentieth of a second each.</summary>
    private const int FlatTurns = 35;

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

        byte[][] Requests(IReadOnlyList<Person> readers) =>
            [.. readers.Select(reader => KeptConnection.Request(ours, "/api/v1/timelines/home", reader.Token))];
        Func<TimeSpan, CancellationToken, Task<double>> Rate(byte[][] requests) =>
            async (length, stop) => (await toUs.Run(requests, length, stop)).PerSecond;
        var us = new Contestant(toUs, Requests(world.Usual), () => Cpu(system, "timeline", "redis"));
        var bare = new Contestant(
            toPeer,
            [.. world.Usual.Select(reader => KeptConnection.Request(
                peer.Origin, "/" + HomeTimelines.Key(reader.Id), token: null))],
            () => peer.Cpu.TotalSeconds + Cpu(system, "redis"));
        // Until what runs often has been compiled for good: that takes some ten thousand requests.
        await bare.Measure(WarmUp, cancellationToken);
        await us.Measure(WarmUp, cancellationToken);
        // Several contestants share a round, so that it is not much longer than others.
        var blocks = new Blocks(context.Blocks.Rounds, context.Blocks.Length / 2, context.Progress);
        var whole = await blocks.Shuffle("G6b", Turns, [bare.Measure, us.Measure], cancellationToken);
        var flat = await blocks.Shuffle(
            "G6c",
            FlatTurns,
            [Rate(Requests(world.Few)), Rate(Requests(world.Short)), Rate(Requests(world.Many))],
            cancellationToken);
        return
        [
            WholePosts(whole),
            Flat("length: 800 entries against 20", flat, 0, 1),
            Flat("followees: 5,000 against 10", flat, 2, 0),
            await ReadsBesideFanOut.Measure(context, world.Usual, cancellationToken),
        ];
    }

    private static Figure WholePosts(IReadOnlyList<IReadOnlyList<Contestant.Answered[]>> rounds)
    {
        double Whole(int contestant, Func<Contestant.Answered, double> figure) =>
            Median(rounds.SelectMany(turns => turns), turn => figure(turn[contestant]));
        return new(
            "G6b", "home timelines of 20 whole posts/s ÷ bare endpoint with one LRANGE", "x",
            Bounds.AtLeast(0.4, 0.6),
            [.. rounds.Select(turns => Median(turns, turn => turn[1].PerSecond / turn[0].PerSecond))])
        {
            Measured = string.Create(
                CultureInfo.InvariantCulture,
                $"{Whole(1, some => some.PerSecond):#,0}/s ÷ {Whole(0, some => some.PerSecond):#,0}/s; "
                + $"CPU {Whole(1, some => some.CpuMicroseconds):0} µs and "
                + $"{Whole(0, some => some.CpuMicroseconds):0} µs a read with Redis, the client's not counted"),
        };
    }

    /// <summary>Percent by which one contestant is slower than another: the median of what neighbours say.</summary>
    private static Figure Flat(string what, IReadOnlyList<IReadOnlyList<double[]>> rounds, int one, int other)
    {
        double Whole(int contestant) => Median(rounds.SelectMany(turns => turns), turn => turn[contestant]);
        return new(
            "G6c", $"reads are slower with {what}, by", "%", Bounds.AtMost(5, 3),
            [.. rounds.Select(turns => Median(turns, turn => 100 * (1 - (turn[one] / turn[other]))))])
        {
            Measured = string.Create(
                CultureInfo.InvariantCulture,
                $"{Whole(one):#,0}/s and {Whole(other):#,0}/s; {FlatTurns * rounds.Count} pairs of blocks"),
        };
    }

    private static double Median<T>(IEnumerable<T> turns, Func<T, double> figure) =>
        Spread.Of([.. turns.Select(figure)]).Median;

    private static double Cpu(BenchSystem system, params string[] parts)
    {
        var cpu = system.ReadCpu();
        return parts.Sum(part => cpu[part]);
    }

    private static Uri At(BenchSystem system, int offset) =>
        new UriBuilder(system.Origin) { Port = system.Origin.Port + offset }.Uri;
}
