using Microblog.Contracts.Timeline;

namespace Microblog.ClientEntities;

/// <summary>
/// Where posts come from whose snapshot in Redis is gone: Timeline reads Postgres, every other service asks Timeline.
/// Whoever loads them writes the snapshots again.
/// </summary>
public interface IMissingPosts
{
    /// <summary>The posts that exist, in any order; deleted and unknown ones are left out.</summary>
    Task<IReadOnlyList<StoredPost>> Load(IReadOnlyList<long> postIds, CancellationToken cancellationToken);
}
