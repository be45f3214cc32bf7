namespace Microblog.Contracts.FollowGraph;

/// <summary>A follow ended: by the follower, by the followee, or because one blocked the other.</summary>
/// <param name="FollowId">The one that <see cref="AccountFollowed"/> gave it.</param>
public sealed record AccountUnfollowed(long FollowId, long FollowerId, long FolloweeId, DateTimeOffset UnfollowedAt);
