using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;

namespace Microblog.Timeline.Storage;

/// <summary>Single posts by their ids, recent ones before Postgres has them.</summary>
internal sealed class VisiblePosts(PostDirectory posts, PostSieve sieve)
{
    /// <summary>
    /// Null when the post does not exist or the viewer may not see it, which is the same answer to a client.
    /// </summary>
    public async Task<StoredPost?> Find(long postId, long? viewerId, CancellationToken cancellationToken) =>
        await Find([postId], viewerId, cancellationToken) is [var post] ? post : null;

    /// <summary>Those that exist and that the viewer may see, in the order asked for.</summary>
    public async Task<IReadOnlyList<StoredPost>> Find(
        IReadOnlyList<long> postIds,
        long? viewerId,
        CancellationToken cancellationToken)
    {
        var found = await posts.Find(postIds, cancellationToken);
        return await sieve.Visible(
            [.. postIds.Where(found.ContainsKey).Select(postId => found[postId])],
            viewerId,
            cancellationToken);
    }
}
