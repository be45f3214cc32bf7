namespace Microblog.LoadTest.Worlds;

/// <summary>People who exist at an origin, and who follows whom among them.</summary>
/// <param name="People">In the order of their account ids, as the graph numbers them.</param>
public sealed record World(WorldSpec Spec, IReadOnlyList<Person> People, FollowGraph Graph)
{
    /// <summary>Quantiles of the number of followers, for the report.</summary>
    public IReadOnlyDictionary<string, int> Followers()
    {
        var counts = Enumerable.Range(0, Graph.PeopleCount).Select(Graph.FollowersCount).Order().ToArray();
        int At(double quantile) => counts[(int)Math.Min(counts.Length - 1, quantile * counts.Length)];
        return new Dictionary<string, int>
        {
            ["p10"] = At(.1),
            ["p50"] = At(.5),
            ["p90"] = At(.9),
            ["p99"] = At(.99),
            ["p99.9"] = At(.999),
            ["max"] = counts[^1],
        };
    }
}
