namespace Microblog.LoadTest.Worlds;

/// <summary>
/// A follow graph like real ones: how many followers somebody has follows a truncated Pareto distribution with the
/// exponent alpha, its lower end chosen so that the mean is right; how many somebody follows is spread log-normally.
/// The same seed makes the same graph.
/// </summary>
public sealed class ParetoGraph
{
    /// <summary>Nobody has to be followed by more than so many of all: the rest is drawn one by one.</summary>
    private const int RareShare = 8;

    /// <summary>
    /// Of the logarithm of how much somebody follows: the busiest percent follows five times the median.
    /// </summary>
    private const double FollowingSpread = 0.7;

    private readonly int _peopleCount;
    private readonly Random _random;
    private readonly double[] _weights;
    private readonly WeightedChoice _choice;

    private ParetoGraph(int peopleCount, int seed)
    {
        _peopleCount = peopleCount;
        _random = new Random(seed);
        _weights = new double[peopleCount];
        for (var i = 0; i < peopleCount; i++)
            _weights[i] = Math.Exp(FollowingSpread * Normal());
        _choice = new(_weights);
    }

    /// <param name="mean">Followers per person; below a quarter of the people.</param>
    public static FollowGraph Make(int peopleCount, double mean, double alpha, int seed)
    {
        var graph = new ParetoGraph(peopleCount, seed);
        var counts = graph.FollowerCounts(mean, alpha);
        return FollowGraph.Of([.. counts.Select((count, person) => graph.Followers(person, count))]);
    }

    /// <summary>The lower end at which the truncated distribution has this mean.</summary>
    public static double LowerEnd(double mean, double alpha, double upperEnd)
    {
        var (low, high) = (1e-6, mean);
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Mean(middle, alpha, upperEnd) < mean ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double Mean(double lowerEnd, double alpha, double upperEnd) =>
        (alpha - 1) / (alpha - 2)
        * (Math.Pow(lowerEnd, 2 - alpha) - Math.Pow(upperEnd, 2 - alpha))
        / (Math.Pow(lowerEnd, 1 - alpha) - Math.Pow(upperEnd, 1 - alpha));

    private int[] FollowerCounts(double mean, double alpha)
    {
        var upperEnd = _peopleCount - 1.0;
        var lowerEnd = LowerEnd(mean, alpha, upperEnd);
        var (from, to) = (Math.Pow(lowerEnd, 1 - alpha), Math.Pow(upperEnd, 1 - alpha));
        var counts = new int[_peopleCount];
        for (var i = 0; i < _peopleCount; i++)
        {
            // One draw from each of as many equal slices as there are people: small worlds get their mean as well.
            var quantile = (i + _random.NextDouble()) / _peopleCount;
            var count = Math.Pow(from - (quantile * (from - to)), 1 / (1 - alpha));
            counts[i] = (int)Math.Min(upperEnd, Math.Floor(count + _random.NextDouble()));
        }

        _random.Shuffle(counts);
        return counts;
    }

    private int[] Followers(int followee, int count)
    {
        if (count * RareShare > _peopleCount)
            return FollowersOfFamous(followee, count);

        var followers = new HashSet<int>(count);
        while (followers.Count < count)
        {
            var follower = _choice.Next(_random);
            if (follower != followee)
                followers.Add(follower);
        }

        return [.. followers];
    }

    // Drawing without putting back, by weight: whoever's exponential clock rings first (Efraimidis and Spirakis).
    private int[] FollowersOfFamous(int followee, int count) =>
    [
        .. Enumerable.Range(0, _peopleCount)
            .Where(person => person != followee)
            .Select(person => (person, RingsAt: -Math.Log(1 - _random.NextDouble()) / _weights[person]))
            .OrderBy(clock => clock.RingsAt)
            .Take(count)
            .Select(clock => clock.person),
    ];

    // Box and Muller.
    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
