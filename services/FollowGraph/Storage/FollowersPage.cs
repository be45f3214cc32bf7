namespace Microblog.FollowGraph.Storage;

/// <summary>Part of an audience.</summary>
/// <param name="Next">Where the next page begins; null when this is the last one.</param>
internal sealed record FollowersPage(IReadOnlyList<Follower> Followers, FollowersCursor? Next);
