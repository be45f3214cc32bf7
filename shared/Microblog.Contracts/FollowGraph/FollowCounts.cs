namespace Microblog.Contracts.FollowGraph;

/// <summary>How many accounts follow this one, and how many it follows.</summary>
/// <param name="Version">Rises with every change; an older count never replaces a newer one.</param>
public sealed record FollowCounts(long AccountId, long Followers, long Following, long Version);
