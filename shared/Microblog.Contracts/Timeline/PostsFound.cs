namespace Microblog.Contracts.Timeline;

/// <summary>The posts that exist, in any order; deleted and unknown ones are missing.</summary>
public sealed record PostsFound(IReadOnlyList<StoredPost> Posts);
