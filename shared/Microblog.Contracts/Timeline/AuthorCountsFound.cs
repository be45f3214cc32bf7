namespace Microblog.Contracts.Timeline;

/// <summary>One entry for each account asked for, zeros for an account that never posted.</summary>
public sealed record AuthorCountsFound(IReadOnlyList<AuthorCounts> Counts);
