namespace Microblog.FollowGraph.Storage;

/// <summary>One entry of a list of relations.</summary>
/// <param name="RelationId">The cursor.</param>
/// <param name="AccountId">The other account.</param>
/// <param name="EndsAt">When a mute ends; null for all else.</param>
internal sealed record RelationRow(long RelationId, long AccountId, DateTimeOffset? EndsAt);
