namespace Microblog.FollowGraph.Storage;

/// <summary>Somebody follows somebody.</summary>
/// <param name="FollowId">Sorts by time; the cursor of lists.</param>
/// <param name="ShowsBoosts">Whether the follower wants to see the followee's boosts.</param>
/// <param name="Notifies">Whether he wants a notification for each post.</param>
internal sealed record Follow(long FolloweeId, long FollowerId, long FollowId, bool ShowsBoosts, bool Notifies);
