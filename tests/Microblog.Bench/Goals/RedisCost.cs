using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Systems;

namespace Microblog.Bench.Goals;

/// <summary>
/// G3: what a delivery costs Redis, ours in the whole system against the commands of others, replayed in the same Redis
/// on as many timelines. Our share bears everything else that the system asks of Redis meanwhile.
/// </summary>
internal sealed class RedisCost : IGoal
{
    private const int Audiences = 2;
    private const int TimelineCount = Audiences * CrowdedWorld.FollowersOfPage;

    private static readonly string[] Names =
        ["DeathStarBench", "Misskey", "Mastodon, pipelined", "Mastodon, as issued"];

    public string Id => "G3";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var posting = new Posting(system);
        var ours = new List<PostedBlock>();
        var replays = await Replays(system.Engines.Redis!);
        try
        {
            foreach (var replay in replays)
                await replay.Prepare();
            var rounds = await context.Blocks.Alternate(
                Id,
                [
                    async (length, token) =>
                    {
                        var block = await posting.Run([.. crowd.Apart.Take(Audiences)], length, token);
                        ours.Add(block);
                        return new(block.RedisMicroseconds, block.CpuMicroseconds);
                    },
                    .. replays.Select(replay => (Func<TimeSpan, CancellationToken, Task<Cost>>)(
                        async (length, token) => new(await Replay(system, replay, length / 2, token), 0))),
                ],
                cancellationToken);
            return Figures(rounds, ours);
        }
        finally
        {
            foreach (var replay in replays)
                replay.Dispose();
        }
    }

    private static IReadOnlyList<Figure> Figures(IReadOnlyList<Cost[]> rounds, IReadOnlyList<PostedBlock> ours)
    {
        var deliveries = ours.Sum(block => block.Deliveries);
        var use = ours.Select(block => block.Use).Aggregate((sum, one) => sum.Plus(one));
        Figure Against(string id, int peer, Bounds bounds) => new(
            id,
            $"Redis CPU per delivery, {Names[peer - 1]} ÷ ours",
            "x",
            bounds,
            [.. rounds.Select(round => round[peer].Redis / round[0].Redis)])
        {
            Measured = Measured(rounds, peer, cost => cost.Redis),
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{deliveries / ours.Sum(block => block.Seconds) / 1e3:0} k deliveries/s of two posts under way; "
                + $"of the main thread's {use.RedisMainThread / deliveries * 1e6:0.00} µs, in commands: "
                + $"{use.DescribeRedis(deliveries)}; the rest are the protocol, the kernel and the append-only file."),
        };

        return
        [
            Against("G3a", 1, Bounds.AtLeast(4, 5)),
            Against("G3a", 2, Bounds.AtLeast(1.4, 1.75)),
            Against("G3b", 3, Bounds.AtLeast(8, 11)),
            Against("G3b", 4, Bounds.AtLeast(30, 43)),
            new(
                "G3c",
                "Redis CPU of Mastodon, pipelined ÷ CPU of all our processes",
                "x",
                Bounds.AtLeast(1, 1),
                [.. rounds.Select(round => round[3].Redis / round[0].All)])
            {
                Measured = Measured(rounds, 3, cost => cost.All),
            },
        ];
    }

    private static string Measured(IReadOnlyList<Cost[]> rounds, int peer, Func<Cost, double> our)
    {
        var (theirs, ours) = (Median(rounds, round => round[peer].Redis), Median(rounds, round => our(round[0])));
        return FormattableString.Invariant($"{theirs:0.00} µs ÷ {ours:0.00} µs");
    }

    private static double Median(IReadOnlyList<Cost[]> rounds, Func<Cost[], double> value) =>
        Spread.Of([.. rounds.Select(value)]).Median;

    private static async Task<IReadOnlyList<IReplay>> Replays(string settings)
    {
        var many = await Task.WhenAll(
            Enumerable.Range(0, MastodonReplay.Connections).Select(_ => RespClient.Connect(settings)));
        return
        [
            new DeathStarBenchReplay(settings, TimelineCount, await RespClient.Connect(settings)),
            new MisskeyReplay(settings, TimelineCount, await RespClient.Connect(settings)),
            new MastodonReplay(settings, TimelineCount, [await RespClient.Connect(settings)]),
            new MastodonReplay(settings, TimelineCount, many),
        ];
    }

    /// <summary>Microseconds of Redis' main thread per delivery.</summary>
    private static async Task<double> Replay(
        BenchSystem system, IReplay replay, TimeSpan length, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var before = await SystemUse.ReadMainThread(system.Redis.Database);
        var followers = Enumerable.Range(0, TimelineCount).ToArray();
        var deliveries = 0L;
        while (TimeProvider.System.GetElapsedTime(started) < length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Random.Shared.Shuffle(followers);
            var audience = followers[..CrowdedWorld.FollowersOfPage];
            await replay.Deliver(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16, audience);
            deliveries += audience.Length;
        }

        return (await SystemUse.ReadMainThread(system.Redis.Database) - before) / deliveries * 1e6;
    }

    /// <summary>Microseconds per delivery.</summary>
    private sealed record Cost(double Redis, double All);
}
