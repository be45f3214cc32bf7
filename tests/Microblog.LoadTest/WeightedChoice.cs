namespace Microblog.LoadTest;

/// <summary>Draws indices, each as often as its weight says.</summary>
public sealed class WeightedChoice
{
    private readonly double[] _cumulative;

    public WeightedChoice(IReadOnlyList<double> weights)
    {
        _cumulative = new double[weights.Count];
        var sum = 0.0;
        for (var i = 0; i < weights.Count; i++)
            _cumulative[i] = sum += weights[i];
        if (!(sum > 0))
            throw new ArgumentException("At least one weight must be above zero.", nameof(weights));
        Sum = sum;
    }

    public double Sum { get; }

    /// <summary>Zipf's law: the r-th of <paramref name="count"/> has the weight 1/r^s.</summary>
    public static WeightedChoice Zipf(int count, double s) =>
        new([.. Enumerable.Range(1, count).Select(rank => Math.Pow(rank, -s))]);

    public int Next(Random random)
    {
        var found = Array.BinarySearch(_cumulative, random.NextDouble() * Sum);
        // Between two: the one above. A weight of zero shares its sum with the one before and is never above.
        return Math.Min(found >= 0 ? found + 1 : ~found, _cumulative.Length - 1);
    }

    /// <summary>How often the index is drawn, of 1.</summary>
    public double Share(int index) => (_cumulative[index] - (index == 0 ? 0 : _cumulative[index - 1])) / Sum;
}
