namespace Microblog.Contracts.FollowGraph;

/// <summary>Asks whom an account follows, blocks and mutes, when the snapshot in Redis is missing. Answered by
/// <see cref="RelationsFound"/>, after the snapshot was written again.</summary>
public sealed record GetRelations(long AccountId);
