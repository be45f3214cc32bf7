using System.Globalization;
using Microblog.Bench.Systems;

namespace Microblog.Bench.Goals;

/// <summary>
/// G8: what the whole system uses per post, as a line over the number of followers, 1 to 100,000. Of each size 64 posts
/// are under way, or as many as make 800,000 deliveries: so many ids are to be written at a time that those to the same
/// timeline meet. And what a post to 100,000 costs when it is alone.
/// </summary>
internal sealed class Linearity : IGoal
{
    public string Id => "G8";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var posting = new Posting(system);
        var sizes = crowd.Sized.OrderBy(size => size.Key).ToArray();
        var rounds = await context.Blocks.Alternate(
            Id,
            [
                .. sizes.Select(size => size.Value).Append([sizes[^1].Value[0]])
                    .Select(authors => (Func<TimeSpan, CancellationToken, Task<PostedBlock>>)(
                        (length, token) => posting.Run(authors, length / 3, token))),
            ],
            cancellationToken);
        double[] followers = [.. sizes.Select(size => (double)size.Key)];
        var lines = rounds
            .Select(round => round[..sizes.Length].Select(block => block.Use.AllCpu / block.Posts))
            .Select(perPost => Line.Through(followers, [.. perPost]))
            .ToArray();
        return
        [
            new("G8a", "CPU of the whole system over followers 1 … 100,000: R²", "", Bounds.AtLeast(.995, .999), [
                .. lines.Select(line => line.Explained),
            ]),
            new("G8b", "its slope, CPU per delivery, of posts side by side", "µs", Bounds.AtMost(2.5, 1.8), [
                .. lines.Select(line => line.Slope * 1e6),
            ])
            {
                Note = $"Of posts with 100,000 followers, {sizes[^1].Value.Count} under way, "
                    + PerDelivery([.. rounds.Select(round => round[^2])])
                    + " Of one after the other, " + PerDelivery([.. rounds.Select(round => round[^1])]),
            },
            new("G8b", "CPU per post, whoever follows", "ms", Bounds.AtMost(1.0, 0.5), [
                .. rounds.Select(round => round[0].Use.AllCpu / round[0].Posts * 1e3),
            ])
            {
                Note = Smallest([.. rounds.Select(round => round[0])]),
            },
        ];
    }

    private static string PerDelivery(IReadOnlyList<PostedBlock> blocks)
    {
        var (use, deliveries) = (Use(blocks), blocks.Sum(block => block.Deliveries));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{use.AllCpu / deliveries * 1e6:0.00} µs of CPU per delivery: {use.Describe(deliveries)}; "
            + $"Redis' main thread {use.RedisMainThread / deliveries * 1e6:0.00}; "
            + $"{(double)deliveries / use.Pushes:0.0} ids per RPUSHX.");
    }

    private static SystemUse Use(IReadOnlyList<PostedBlock> blocks) =>
        blocks.Select(block => block.Use).Aggregate((sum, one) => sum.Plus(one));

    private static string Smallest(IReadOnlyList<PostedBlock> blocks)
    {
        var (use, posts) = (Use(blocks), blocks.Sum(block => block.Posts));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Of posts with one follower, 64 under way, {posts / blocks.Sum(block => block.Seconds):0} a second; "
            + $"µs of CPU per post: {use.Describe(posts)}.");
    }
}
