namespace Microblog.Contracts.FollowGraph;

/// <summary>A follow ended: by the follower, by the followee, or because one blocked the other.</summary>
public sealed record AccountUnfollowed(long FollowerId, long FolloweeId, DateTimeOffset UnfollowedAt);
