using Microblog.Bench.Systems;

namespace Microblog.Bench.Goals;

/// <summary>
/// G2: the same with 128 posts under way whose audiences overlap, so that several ids can be written at once.
/// </summary>
internal sealed class CombinedFanOut : IGoal
{
    private const int HomesRead = 20;

    public string Id => "G2";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        var measured = await AgainstRedis.Measure(
            context,
            system,
            Id,
            [.. crowd.Overlapping, .. crowd.Overlapping],
            CrowdedWorld.OverlappingReaderCount,
            cancellationToken);
        foreach (var reader in crowd.Overlapping[0].Followers.Take(HomesRead))
            await RequireOrder(system, reader.Token, cancellationToken);
        return
        [
            measured.Figure(
                Id,
                "the same with 128 posts under way and overlapping audiences ÷ redis-benchmark",
                Bounds.AtLeast(1.0, 1.5)),
        ];
    }

    private static async Task RequireOrder(
        BenchSystem system, string token, CancellationToken cancellationToken)
    {
        var answer = await system.Api.Send(
            HttpMethod.Get, "/api/v1/timelines/home?limit=40", token, cancellationToken: cancellationToken);
        var ids = answer.IsOk ? answer.Ids() : throw new InvalidOperationException($"A read failed: {answer.Error}");
        if (ids.Count == 0 || !ids.SequenceEqual(ids.Distinct().OrderDescending()))
            throw new InvalidOperationException("A home timeline is not in the order of its ids.");
    }
}
