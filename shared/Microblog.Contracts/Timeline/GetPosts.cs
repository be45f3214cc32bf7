namespace Microblog.Contracts.Timeline;

/// <summary>
/// Asks for posts whose snapshot in Redis is gone. Answered by <see cref="PostsFound"/>, after the snapshots were
/// written again unless Redis is away.
/// </summary>
/// <param name="PostIds">At most 80.</param>
public sealed record GetPosts(IReadOnlyList<long> PostIds);
