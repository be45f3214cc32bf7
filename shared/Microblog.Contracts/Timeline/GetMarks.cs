namespace Microblog.Contracts.Timeline;

/// <summary>
/// Asks which posts an account favourited, bookmarked and boosted, when the marks in Redis are incomplete. Answered by
/// <see cref="MarksFound"/>, after the marks were written again.
/// </summary>
public sealed record GetMarks(long AccountId);
