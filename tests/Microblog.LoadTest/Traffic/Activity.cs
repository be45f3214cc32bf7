using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Traffic;

/// <summary>
/// Who does something next: Zipf's law, once over people in any order and, for authors, partly over people by their
/// number of followers, so that the mean fan-out of a post is what was asked for, as far as it can be.
/// </summary>
public sealed class Activity
{
    /// <summary>Who takes part in an event.</summary>
    private const int FamousCount = 10;

    private readonly int[] _popular;
    private readonly int[] _anybody;
    private readonly WeightedChoice _rank;
    private readonly double _popularShare;

    /// <param name="zipf">The exponent; 0 makes everybody equally busy.</param>
    /// <param name="fanOutMean">Followers of a post's author on average.</param>
    public Activity(FollowGraph graph, double zipf, double fanOutMean, int seed)
    {
        var people = Enumerable.Range(0, graph.PeopleCount).ToArray();
        _popular = [.. people.OrderByDescending(graph.FollowersCount)];
        _anybody = people;
        new Random(seed).Shuffle(_anybody);
        _rank = WeightedChoice.Zipf(people.Length, zipf);

        var (popular, anybody) = (Mean(graph, _popular), Mean(graph, _anybody));
        _popularShare = popular > anybody ? Math.Clamp((fanOutMean - anybody) / (popular - anybody), 0, 1) : 0;
        FanOutMean = (_popularShare * popular) + ((1 - _popularShare) * anybody);
    }

    /// <summary>What is to be expected of a post.</summary>
    public double FanOutMean { get; }

    public int Author(Random random) =>
        (random.NextDouble() < _popularShare ? _popular : _anybody)[_rank.Next(random)];

    public int Reader(Random random) => _anybody[_rank.Next(random)];

    /// <summary>One of the most followed.</summary>
    public int Famous(Random random) => _popular[random.Next(Math.Min(FamousCount, _popular.Length))];

    public bool IsFamous(int person) => _popular.AsSpan(0, Math.Min(FamousCount, _popular.Length)).Contains(person);

    private double Mean(FollowGraph graph, int[] order) =>
        order.Index().Sum(person => _rank.Share(person.Index) * graph.FollowersCount(person.Item));
}
