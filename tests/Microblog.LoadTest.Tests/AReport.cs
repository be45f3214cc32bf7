using Microblog.LoadTest.Checking;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Reporting;
using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Tests;

/// <summary>Reports as runs would leave them, with costs that are known.</summary>
internal static class AReport
{
    public const double IdleCores = .1;
    public const double PostCost = 500e-6;
    public const double DeliveryCost = 4e-6;
    public const double ReadCost = 300e-6;

    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="rate">Operations per second, of which a quarter are posts with 75 followers.</param>
    /// <param name="readMilliseconds">What each read took.</param>
    public static LoadReport Of(
        double rate = 100, int shard = 1, int shards = 1, params IReadOnlyList<double> readMilliseconds)
    {
        var (random, reads) = (new Random((int)rate), new Histogram());
        foreach (var milliseconds in readMilliseconds)
            reads.Record(TimeSpan.FromMilliseconds(milliseconds));
        Moment[] moments = [.. Enumerable.Range(0, 40).Select(second => AMoment(second, rate, random))];
        var empty = new Histogram().Snapshot();
        return new(
            Noon,
            "load",
            new(Cores: 2, MemoryBytes: 8_000_000_000, "a processor", "a system", "a runtime"),
            new(new(1_000, 40, 2.1, Seed: 1, Graph: null), 1_000, 40_000, new Dictionary<string, int>()),
            new(rate, TimeSpan.FromSeconds(40), "steady", Mix.Default, .9, 75, .2, Seed: 1, shard, shards),
            Seconds: 40,
            FanOutMean: 75,
            Offered: moments.Sum(moment => moment.Offered),
            Done: moments.Sum(moment => moment.Done),
            Failed: 0,
            new Dictionary<string, OperationResult>
            {
                ["read"] = new(readMilliseconds.Count, reads.Snapshot(), new Dictionary<string, long>()),
            },
            new(empty, empty, empty, Unseen: 0),
            Deliveries: moments.Sum(moment => moment.Deliveries),
            DrainSeconds: 0,
            new CheckResult(10, 100, 0, 0, 0, 0, 50, []),
            new Dictionary<string, long>(),
            GivenUpMessages: 0,
            AStorage(),
            moments,
            Notes: [],
            Limit: null);
    }

    private static Moment AMoment(int second, double rate, Random random)
    {
        var (posts, reads) = (random.Next((int)rate / 2), random.Next((int)rate * 3 / 2));
        var deliveries = posts * random.Next(150);
        return new(
            second,
            Length: 1,
            Offered: posts + reads,
            Done: posts + reads,
            Failed: 0,
            posts,
            reads,
            Marks: 0,
            deliveries,
            ReadP50: 5,
            ReadP99: 9,
            PostP50: 7,
            PostP99: 11,
            LagP50: null,
            LagP99: null,
            Queued: 0,
            new Dictionary<string, double>
            {
                ["load"] = 0,
                ["others"] = .3,
                ["timeline"] = IdleCores + (posts * PostCost) + (reads * ReadCost),
                ["redis"] = deliveries * DeliveryCost,
                ["rabbitmq"] = posts * PostCost,
                ["postgres"] = posts * PostCost,
            },
            new Dictionary<string, long> { ["timeline"] = 1 << 28 },
            RedisMemory: 1 << 28);
    }

    private static StorageFacts AStorage() => new(
        RedisBytes: 1 << 28,
        new Dictionary<string, KeyCost>
        {
            ["timeline"] = new(200, 100, 1_100, BytesFixed: 100, BytesPerItem: 10),
            ["relations"] = new(200, 40, 2_000, BytesFixed: 0, BytesPerItem: 50),
            ["account"] = new(200, 1, 500, BytesFixed: 500, BytesPerItem: 0),
            ["post"] = new(200, 1, 1_000, BytesFixed: 1_000, BytesPerItem: 0),
        },
        new Dictionary<string, long> { ["accounts"] = 400_000, ["graph"] = 8_000_000, ["posts"] = 1_000_000 },
        PeopleRows: 1_000,
        FollowRows: 40_000,
        PostRows: 1_000);
}
