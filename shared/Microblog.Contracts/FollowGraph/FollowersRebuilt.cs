namespace Microblog.Contracts.FollowGraph;

/// <summary>The followers of an author were read, and are at hand unless they are too many.</summary>
public sealed record FollowersRebuilt(long AuthorId, int FollowerCount, bool AreAtHand);
