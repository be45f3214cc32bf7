using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Systems;

namespace Microblog.Bench.Goals;

/// <summary>
/// G3: what a delivery costs Redis, our commands against those of others, all replayed by one client on as many
/// timelines, each in a Redis of its own without an append-only file. And what it costs all our processes, with
/// posting.
/// </summary>
internal sealed class RedisCost : IGoal
{
    private const int Audiences = 2;
    private const int TimelineCount = 10_000;

    private static readonly string[] Names =
        ["DeathStarBench", "Misskey", "Mastodon, pipelined", "Mastodon, as issued"];

    private static readonly Func<string, Task<IReplay>>[] Replays =
    [
        async redis => new OurReplay(TimelineCount, await RespClient.Connect(redis)),
        async redis => new DeathStarBenchReplay(redis, TimelineCount, await RespClient.Connect(redis)),
        async redis => new MisskeyReplay(TimelineCount, await RespClient.Connect(redis)),
        async redis => new MastodonReplay(redis, TimelineCount, [await RespClient.Connect(redis)]),
        async redis => new MastodonReplay(redis, TimelineCount, await Task.WhenAll(
            Enumerable.Range(0, MastodonReplay.Connections).Select(_ => RespClient.Connect(redis)))),
    ];

    public string Id => "G3";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var posting = new Posting(system);
        var ours = new List<PostedBlock>();
        IReadOnlyList<Author> authors = [.. crowd.Apart.Take(Audiences)];
        var replays = new List<Replay>();
        try
        {
            foreach (var prepare in Replays)
                replays.Add(await Replay.Prepare(prepare));
            var rounds = await context.Blocks.Alternate(
                Id,
                [
                    .. replays.Select(replay => (Func<TimeSpan, CancellationToken, Task<double>>)(
                        (length, token) => replay.Run(length / 2, token))),
                    async (length, token) =>
                    {
                        ours.Add(await posting.Run(authors, length / 2, token));
                        return ours[^1].CpuMicroseconds;
                    },
                ],
                cancellationToken);
            return Figures(rounds, ours);
        }
        finally
        {
            foreach (var replay in replays)
                await replay.DisposeAsync();
        }
    }

    private static IReadOnlyList<Figure> Figures(IReadOnlyList<double[]> rounds, IReadOnlyList<PostedBlock> ours)
    {
        var deliveries = ours.Sum(block => block.Deliveries);
        var use = ours.Select(block => block.Use).Aggregate((sum, one) => sum.Plus(one));
        Figure Against(string id, int peer, Bounds bounds) => new(
            id,
            $"Redis CPU per delivery, {Names[peer - 1]} ÷ ours",
            "x",
            bounds,
            [.. rounds.Select(round => round[peer] / round[0])])
        {
            Measured = Measured(rounds, peer, our: 0),
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
                [.. rounds.Select(round => round[3] / round[^1])])
            {
                Measured = Measured(rounds, peer: 3, our: rounds[0].Length - 1),
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{deliveries / ours.Sum(block => block.Seconds) / 1e3:0} k deliveries/s of two posts under way "
                    + $"over HTTP; then Redis' main thread takes {use.RedisMainThread / deliveries * 1e6:0.00} µs, in "
                    + $"commands: {use.DescribeRedis(deliveries)}; the rest are the protocol, the kernel and the "
                    + $"append-only file."),
            },
        ];
    }

    private static string Measured(IReadOnlyList<double[]> rounds, int peer, int our) => FormattableString.Invariant(
        $"{Median(rounds, peer):0.00} µs ÷ {Median(rounds, our):0.00} µs");

    private static double Median(IReadOnlyList<double[]> rounds, int contestant) =>
        Spread.Of([.. rounds.Select(round => round[contestant])]).Median;

    /// <summary>One stream of commands in a Redis of its own: much else in there would slow all alike.</summary>
    private sealed class Replay : IAsyncDisposable
    {
        private readonly LoneRedis _redis;
        private readonly IReplay _replay;

        private Replay(LoneRedis redis, IReplay replay)
        {
            _redis = redis;
            _replay = replay;
        }

        public static async Task<Replay> Prepare(Func<string, Task<IReplay>> connect)
        {
            var redis = await LoneRedis.Start();
            await redis.ForgetOnRestart();
            var replay = await connect(redis.Settings);
            await replay.Prepare();
            return new(redis, replay);
        }

        /// <summary>Microseconds of Redis' main thread per delivery.</summary>
        public async Task<double> Run(TimeSpan length, CancellationToken cancellationToken)
        {
            var started = TimeProvider.System.GetTimestamp();
            var before = await _redis.ReadMainThread();
            var followers = Enumerable.Range(0, TimelineCount).ToArray();
            var deliveries = 0L;
            while (TimeProvider.System.GetElapsedTime(started) < length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Random.Shared.Shuffle(followers);
                var audience = followers[..CrowdedWorld.FollowersOfPage];
                // By id, as followers come from a database: theirs do, and ours.
                Array.Sort(audience);
                await _replay.Deliver(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16, audience);
                deliveries += audience.Length;
            }

            return (await _redis.ReadMainThread() - before) / deliveries * 1e6;
        }

        public async ValueTask DisposeAsync()
        {
            _replay.Dispose();
            await _redis.DisposeAsync();
        }
    }
}
