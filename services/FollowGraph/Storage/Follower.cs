namespace Microblog.FollowGraph.Storage;

/// <summary>Somebody who follows an author.</summary>
/// <param name="ShowsBoosts">Whether he wants to see the author's boosts.</param>
internal readonly record struct Follower(long Id, bool ShowsBoosts);
