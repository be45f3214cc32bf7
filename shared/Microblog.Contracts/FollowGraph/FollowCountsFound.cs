namespace Microblog.Contracts.FollowGraph;

/// <summary>One entry for each account asked for, zeros for an account nobody knows.</summary>
public sealed record FollowCountsFound(IReadOnlyList<FollowCounts> Counts);
