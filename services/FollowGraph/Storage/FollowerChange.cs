namespace Microblog.FollowGraph.Storage;

/// <summary>Somebody comes to follow an author, or goes, or wants boosts or no more.</summary>
/// <param name="ShowsBoosts">As it is after the change; null when he follows no more.</param>
internal sealed record FollowerChange(long AuthorId, long FollowerId, bool? ShowsBoosts);
