namespace Microblog.FollowGraph.Storage;

/// <summary>How far an audience has been read.</summary>
/// <param name="AccountId">Whose followers are read to find it.</param>
/// <param name="PackId">The last pack of them that was read.</param>
internal readonly record struct FollowersCursor(long AccountId, long PackId);
