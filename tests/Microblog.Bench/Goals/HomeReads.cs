using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Reading;
using Microblog.Bench.Systems;
using Microblog.Keyspaces;
using Microblog.LoadTest.Worlds;
using Rounds = System.Collections.Generic.IReadOnlyList<
    System.Collections.Generic.IReadOnlyList<Microblog.Bench.Reading.Contestant.Answered[]>>;

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

        Func<TimeSpan, CancellationToken, Task<Contestant.Answered>> Read(IReadOnlyList<Person> readers) =>
            new Contestant(
                toUs,
                [.. readers.Select(reader => KeptConnection.Request(ours, "/api/v1/timelines/home", reader.Token))],
                () => Cpu(system, "timeline", "redis")).Measure;
        var bare = new Contestant(
            toPeer,
            [.. world.Usual.Select(reader => KeptConnection.Request(
                peer.Origin, "/" + HomeTimelines.Key(reader.Id), token: null))],
            () => peer.Cpu.TotalSeconds + Cpu(system, "redis"));
        // Until what runs often has been compiled for good: that takes some ten thousand requests.
        await bare.Measure(WarmUp, cancellationToken);
        await Read(world.Usual)(WarmUp, cancellationToken);
        // Several contestants share a round, so that it is not much longer than others.
        var blocks = new Blocks(context.Blocks.Rounds, context.Blocks.Length / 2, context.Progress);
        var whole = await blocks.Shuffle("G6b", Turns, [bare.Measure, Read(world.Usual)], cancellationToken);
        var flat = await blocks.Shuffle(
            "G6c", Turns, [Read(world.Few), Read(world.Short), Read(world.Many)], cancellationToken);
        return
        [
            WholePosts(whole),
            Flat("length: 800 entries against 20", flat, 0, 1),
            Flat("followees: 5,000 against 10", flat, 2, 0),
            await ReadsBesideFanOut.Measure(context, world.Usual, cancellationToken),
        ];
    }

    private static Figure WholePosts(Rounds rounds) => new(
        "G6b", "home timelines of 20 whole posts/s ÷ bare endpoint with one LRANGE", "x", Bounds.AtLeast(0.4, 0.6),
        [.. rounds.Select(turns => Median(turns, turn => turn[1].PerSecond / turn[0].PerSecond))])
    {
        Measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(rounds, 1, some => some.PerSecond):#,0}/s ÷ {Median(rounds, 0, some => some.PerSecond):#,0}/s; "
            + $"CPU {Median(rounds, 1, some => some.CpuMicroseconds):0} µs and "
            + $"{Median(rounds, 0, some => some.CpuMicroseconds):0} µs a read with Redis, the client's not counted"),
    };

    /// <summary>Percent by which one contestant is slower than another: the median of what neighbours say.</summary>
    private static Figure Flat(string what, Rounds rounds, int one, int other) => new(
        "G6c", $"reads are slower with {what}, by", "%", Bounds.AtMost(5, 3),
        [.. rounds.Select(turns => Median(turns, turn => 100 * (1 - (turn[one].PerSecond / turn[other].PerSecond))))])
    {
        Measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(rounds, one, some => some.PerSecond):#,0}/s and "
            + $"{Median(rounds, other, some => some.PerSecond):#,0}/s; {Turns * rounds.Count} pairs of blocks"),
    };

    private static double Median(Rounds rounds, int contestant, Func<Contestant.Answered, double> figure) =>
        Median(rounds.SelectMany(turns => turns), turn => figure(turn[contestant]));

    private static double Median(
        IEnumerable<Contestant.Answered[]> turns, Func<Contestant.Answered[], double> figure) =>
        Spread.Of([.. turns.Select(figure)]).Median;

    private static double Cpu(BenchSystem system, params string[] parts)
    {
        var cpu = system.ReadCpu();
        return parts.Sum(part => cpu[part]);
    }

    private static Uri At(BenchSystem system, int offset) =>
        new UriBuilder(system.Origin) { Port = system.Origin.Port + offset }.Uri;
}
