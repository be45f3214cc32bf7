namespace Microblog.Bench;

/// <summary>What one figure was in the blocks of a run.</summary>
public sealed record Spread(double Median, double Low, double High)
{
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
            throw new ArgumentException("Nothing was measured.", nameof(values));
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1]);
    }
}
