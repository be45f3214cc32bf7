using System.Globalization;
using Microblog.Bench.Systems;
using Microblog.Bench.Writing;

namespace Microblog.Bench.Goals;

/// <summary>
/// G5: whether somebody whom 100,000 people follow, and who posts every second, delays the posts of everybody else.
/// </summary>
internal sealed class Celebrity : IGoal
{
    private const int Followers = 100_000;
    private const double Load = 0.25;
    private const double Quantile = 0.99;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Id => "G5";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var writers = new Writers(system, crowd.Ordinary);
        var celebrity = crowd.Sized[Followers][0];
        var star = new Writers(system, [celebrity]);
        await using var delivery = await Delivery.Connect(system);
        var peak = await Peak.Find(writers, delivery, context.Blocks.Length, cancellationToken);
        var perSecond = peak.PerSecond * Load;

        var posts = 0;
        var rounds = await context.Blocks.Alternate(
            "G5",
            [
                async (length, stop) => Lag(await PostVisible.Block(writers, delivery, perSecond, length, stop)),
                async (length, stop) =>
                {
                    var (lags, shone) = await Beside(
                        star, celebrity, writers, delivery, perSecond, length, stop);
                    posts += shone;
                    return Lag(lags);
                },
            ],
            cancellationToken);
        var alone = Spread.Of([.. rounds.Select(round => round[0])]).Median;
        var beside = Spread.Of([.. rounds.Select(round => round[1])]).Median;
        return
        [
            new("G5", "p99 of ordinary posts beside 100,000 deliveries each second ÷ alone", "x",
                Bounds.AtMost(3, 1.5), [.. rounds.Select(round => round[1] / round[0])])
            {
                Measured = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{beside:0.0} ms ÷ {alone:0.0} ms, {perSecond:0} ordinary posts/s from their intended time; "
                    + $"{posts} posts to everybody"),
            },
        ];
    }

    private static async Task<(PostVisible.Lags Lags, int Shone)> Beside(
        Writers star,
        Author author,
        Writers writers,
        Delivery delivery,
        double perSecond,
        TimeSpan length,
        CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shining = Shine(star, author, end.Token);
        var lags = await PostVisible.Block(writers, delivery, perSecond, length, cancellationToken);
        await end.CancelAsync();
        var (count, last) = await shining;
        if (last is null)
            throw new InvalidOperationException("No post to everybody was accepted.");
        await delivery.Settle(last, cancellationToken);
        return (lags, count);
    }

    /// <summary>How many were accepted, and the last of them.</summary>
    private static async Task<(int Count, PostingResult? Last)> Shine(
        Writers star, Author author, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Pause);
        var (count, last) = (0, (PostingResult?)null);
        do
        {
            var post = await star.Each([author], CancellationToken.None);
            if (post.Accepted > 0)
                (count, last) = (count + 1, post);
        }
        while (await Next(timer, end));
        return (count, last);
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static double Lag(PostVisible.Lags lags) => lags.SinceIntended.Milliseconds(Quantile);
}
