namespace Microblog.Contracts.FollowGraph;

/// <summary>A follow exists that did not exist before.</summary>
/// <param name="FollowId">Sorts by time; also the id of the followee's notification.</param>
public sealed record AccountFollowed(long FollowId, long FollowerId, long FolloweeId, DateTimeOffset FollowedAt);
