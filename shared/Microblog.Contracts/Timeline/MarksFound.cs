namespace Microblog.Contracts.Timeline;

/// <summary>The newest marks of an account, at most 5,000 of each kind.</summary>
public sealed record MarksFound(long AccountId, IReadOnlyList<PostMark> Marks);
