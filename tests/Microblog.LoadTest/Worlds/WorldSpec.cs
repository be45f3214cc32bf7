namespace Microblog.LoadTest.Worlds;

/// <summary>What a world is made from. Equal specs make equal graphs.</summary>
/// <param name="Graph">Path of an edge list; null when the graph is drawn.</param>
public sealed record WorldSpec(int People, double FollowsMean, double Alpha, int Seed, string? Graph)
{
    public const int PeopleMax = 2_000_000;

    public static WorldSpec From(CommandLine line)
    {
        var people = line.Count("--people", 2_000, 2, PeopleMax);
        var spec = new WorldSpec(
            people,
            line.Number("--follows-mean", Math.Min(40, people / 8.0), 0.1, 5_000),
            line.Number("--alpha", 2.1, 1.2, 5),
            line.Count("--seed", 1, 0, int.MaxValue),
            line.Text("--graph") is { } path ? Path.GetFullPath(path) : null);
        if (spec.Graph is not null && !File.Exists(spec.Graph))
            throw new CommandLineException($"There is no file {spec.Graph}.");
        if (spec.Graph is null && spec.FollowsMean * 4 > spec.People)
            throw new CommandLineException("--follows-mean may be a quarter of --people at most.");
        return Math.Abs(spec.Alpha - 2) < 1e-6 ? spec with { Alpha = 2 + 1e-6 } : spec;
    }

    public FollowGraph MakeGraph() =>
        Graph is null ? ParetoGraph.Make(People, FollowsMean, Alpha, Seed) : EdgeLists.Read(Graph);
}
