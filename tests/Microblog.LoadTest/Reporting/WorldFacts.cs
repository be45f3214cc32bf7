using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Reporting;

/// <summary>The world of a run, so that another can be made like it.</summary>
/// <param name="Followers">Quantiles of the number of followers.</param>
public sealed record WorldFacts(WorldSpec Spec, int People, int Follows, IReadOnlyDictionary<string, int> Followers)
{
    public static WorldFacts Of(World world) =>
        new(world.Spec, world.People.Count, world.Graph.FollowsCount, world.Followers());
}
