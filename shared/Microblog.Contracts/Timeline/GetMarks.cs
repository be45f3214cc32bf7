namespace Microblog.Contracts.Timeline;

/// <summary>
/// Asks which posts an account favourited, bookmarked and boosted, when the marks in Redis are incomplete or Redis is
/// away. Answered by <see cref="MarksFound"/>.
/// </summary>
/// <param name="PostIds">Only these posts, at most a page; null for all, which are written to Redis again.</param>
public sealed record GetMarks(long AccountId, IReadOnlyList<long>? PostIds = null);
