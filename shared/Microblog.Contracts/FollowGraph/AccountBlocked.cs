namespace Microblog.Contracts.FollowGraph;

/// <summary>One account blocked another. The follows between them ended with it.</summary>
public sealed record AccountBlocked(long AccountId, long BlockedId, DateTimeOffset BlockedAt);
