namespace Microblog.Contracts.Timeline;

/// <summary>Asks how many posts accounts have, when their snapshots in Redis lack it. Answered by
/// <see cref="AuthorCountsFound"/>, after the snapshots were written again.</summary>
/// <param name="AccountIds">At most 200.</param>
public sealed record GetAuthorCounts(IReadOnlyList<long> AccountIds);
