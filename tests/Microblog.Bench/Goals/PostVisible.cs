using System.Diagnostics;
using System.Globalization;
using Microblog.Bench.Writing;
using Microblog.LoadTest.Measuring;

namespace Microblog.Bench.Goals;

/// <summary>
/// G4: how soon the last of at most 500 followers can read a post, while authors with 75 followers in the mean post at
/// half of the rate that the system can bear.
/// </summary>
internal sealed class PostVisible : IGoal
{
    /// <summary>Posts of authors with more are sent, and not judged.</summary>
    public const int FollowersMax = 500;

    /// <summary>Posts a second that are looked for: looking for all would be a load of its own.</summary>
    private const double SamplesPerSecond = 100;

    private const double Load = 0.5;
    private const double Quantile = 0.99;

    private static readonly Bounds Bounds = Bounds.AtMost(60, 30);

    public string Id => "G4";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var writers = new Writers(system, crowd.Ordinary);
        await using var delivery = await Delivery.Connect(system);
        var peak = await Peak.Find(writers, delivery, context.Blocks.Length, cancellationToken);
        var perSecond = peak.PerSecond * Load;
        var unread = new Writers(system, crowd.Sized[1]);
        var rounds = await context.Blocks.Alternate(
            "G4",
            [
                (length, stop) => Block(writers, delivery, perSecond, length, stop),
                (length, stop) => Answered(unread, delivery, perSecond, length / 2, stop),
            ],
            cancellationToken);

        var measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{perSecond:0} posts/s of {peak.PerSecond:0} at most, p50 {Middle(rounds):0.0} ms, "
            + $"{rounds.Sum(round => round[0].Refused)} refused");
        return
        [
            new("G4", "answered POST to readable by the last of ≤ 500 followers, p99", "ms", Bounds,
                [.. rounds.Select(round => round[0].SinceAnswer.Milliseconds(Quantile))]) { Measured = measured },
            new("G4b", "the same from the intended time of the POST, p99", "ms", Bounds,
                [.. rounds.Select(round => round[0].SinceIntended.Milliseconds(Quantile))]) { Measured = measured },
            new("G4a", "the same ÷ p99 of the answers to as many posts that hardly anybody follows", "x",
                Bounds.AtMost(3, 2),
                [
                    .. rounds.Select(round => round[0].SinceIntended.Milliseconds(Quantile)
                        / round[1].SinceIntended.Milliseconds(Quantile)),
                ])
            {
                Measured = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Last(rounds, 0):0.0} ms ÷ {Last(rounds, 1):0.0} ms of posts with one follower"),
            },
        ];
    }

    /// <summary>Posts at this rate for a while, and waits until all is delivered.</summary>
    public static async Task<Lags> Block(
        Writers writers, Delivery delivery, double perSecond, TimeSpan length, CancellationToken cancellationToken)
    {
        var lags = new Lags(new(), new());
        var (every, number) = ((int)Math.Max(1, perSecond / SamplesPerSecond), 0);
        var posts = await writers.Open(
            perSecond,
            length,
            async (post, intendedAt) =>
            {
                if (post.Author.Followers.Count > FollowersMax || Interlocked.Increment(ref number) % every != 0)
                    return;
                lags.SinceAnswer.Record(await delivery.Watch(post, cancellationToken));
                lags.SinceIntended.Record(Stopwatch.GetElapsedTime(intendedAt));
            },
            cancellationToken);
        if (posts.Failed > 0)
            throw new InvalidOperationException($"{posts.Failed} posts were neither accepted nor told to come again.");
        await delivery.Settle(posts, cancellationToken);
        return lags with { Refused = posts.Refused };
    }

    /// <summary>Posts at this rate for a while, and waits for the answers only.</summary>
    private static async Task<Lags> Answered(
        Writers writers, Delivery delivery, double perSecond, TimeSpan length, CancellationToken cancellationToken)
    {
        var lags = new Lags(new(), new());
        var posts = await writers.Open(
            perSecond,
            length,
            (_, intendedAt) =>
            {
                lags.SinceIntended.Record(Stopwatch.GetElapsedTime(intendedAt));
                return Task.CompletedTask;
            },
            cancellationToken);
        await delivery.Settle(posts, cancellationToken);
        return lags with { Refused = posts.Refused };
    }

    private static double Last(IReadOnlyList<Lags[]> rounds, int contestant) =>
        Spread.Of([.. rounds.Select(round => round[contestant].SinceIntended.Milliseconds(Quantile))]).Median;

    private static double Middle(IReadOnlyList<Lags[]> rounds) =>
        Spread.Of([.. rounds.Select(round => round[0].SinceAnswer.Milliseconds(0.5))]).Median;

    /// <param name="Refused">Posts that were told to come again.</param>
    internal sealed record Lags(Histogram SinceAnswer, Histogram SinceIntended, int Refused = 0);
}
