namespace Microblog.Contracts.FollowGraph;

/// <summary>Asks who followed an account, newest first, to restore its notifications. Answered by
/// <see cref="FollowsFound"/>.</summary>
/// <param name="BeforeId">Only follows with a smaller id.</param>
/// <param name="Limit">1 to 1,000.</param>
public sealed record GetFollows(long FolloweeId, long BeforeId, int Limit);
