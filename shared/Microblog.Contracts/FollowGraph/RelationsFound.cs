namespace Microblog.Contracts.FollowGraph;

/// <summary>Every account that <paramref name="AccountId"/> has a relation to; no more than
/// <c>FollowGraphOptions.RelationsPerAccountMax</c>.</summary>
public sealed record RelationsFound(long AccountId, IReadOnlyList<Relation> Relations);
