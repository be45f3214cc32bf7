namespace Microblog.Contracts.FollowGraph;

/// <summary>The answer to <see cref="GetFollows"/>, newest first.</summary>
public sealed record FollowsFound(IReadOnlyList<AccountFollowed> Follows);
