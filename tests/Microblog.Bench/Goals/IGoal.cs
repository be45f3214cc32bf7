namespace Microblog.Bench.Goals;

/// <summary>One of the goals G1 to G11; it may have several figures.</summary>
public interface IGoal
{
    string Id { get; }

    Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken);
}
