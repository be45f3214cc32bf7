namespace Microblog.FollowGraph.Tests;

/// <summary>The service with bounds so small that tests pass them.</summary>
public sealed class RunningWithTwoReadersPerCommand : RunningFollowGraph
{
    public const int RelationsOfAKindMax = 3;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["RateLimits:Enabled"] = "false",
        ["FollowGraph:ReadersPerCommandMax"] = "2",
        ["FollowGraph:RelationsOfAKindMax"] = "3",
        ["FollowGraph:RelationsPerAccountMax"] = "4",
        ["FollowGraph:CommandsInFlightMax"] = "2",
        ["FollowGraph:MergeWait"] = "00:01:00",
    };
}
