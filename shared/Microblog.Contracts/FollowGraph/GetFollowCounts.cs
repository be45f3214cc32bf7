namespace Microblog.Contracts.FollowGraph;

/// <summary>Asks for the counts of accounts whose snapshot in Redis lacks them. Answered by
/// <see cref="FollowCountsFound"/>, after the snapshots were written again.</summary>
/// <param name="AccountIds">At most 200.</param>
public sealed record GetFollowCounts(IReadOnlyList<long> AccountIds);
