using Microblog.Bench.Systems;

namespace Microblog.Bench.Goals;

/// <summary>
/// G1: deliveries of the whole system against what Redis can take at most. Ten posts are under way, to audiences that
/// have nobody in common: nothing is gained by writing several ids at once.
/// </summary>
internal sealed class FanOutAgainstRedis : IGoal
{
    public string Id => "G1";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var measured = await AgainstRedis.Measure(
            context, system, Id, crowd.Apart, CrowdedWorld.ApartReaderCount, cancellationToken);
        return
        [
            measured.Figure(
                Id,
                "deliveries/s of posts to 4,000, each into another timeline ÷ redis-benchmark",
                Bounds.AtLeast(0.40, 0.60)),
        ];
    }
}
