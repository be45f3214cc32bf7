using Microblog.Contracts.Timeline;

namespace Microblog.ClientEntities;

/// <summary>
/// Where an account's marks come from while those in Redis are incomplete: Timeline reads Postgres, every other service
/// asks Timeline. Whoever loads them completes the marks in Redis.
/// </summary>
public interface IMissingMarks
{
    /// <summary>The newest marks of the account, as far as Postgres has them.</summary>
    Task<IReadOnlyList<PostMark>> Load(long accountId, CancellationToken cancellationToken);

    /// <summary>
    /// The marks of these posts, as far as Postgres has them; nothing is written. Posts without a mark may be absent.
    /// </summary>
    Task<IReadOnlyList<PostMark>> Find(
        long accountId,
        IReadOnlyCollection<long> postIds,
        CancellationToken cancellationToken);
}
