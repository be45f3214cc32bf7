namespace Microblog.Contracts.FollowGraph;

/// <summary>
/// Forget which followers of an author are at hand without Postgres, and write them again; answered with
/// <see cref="FollowersRebuilt"/>.
/// </summary>
public sealed record RebuildFollowers(long AuthorId);
