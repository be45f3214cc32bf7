using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>The posts that somebody may act on, because he may see them.</summary>
internal sealed class VisiblePosts(PostDirectory posts, RelationDirectory relations)
{
    /// <summary>
    /// The post, or what it boosts: nobody acts on a boost itself. Null when it is unknown, deleted, or not for this
    /// viewer, all of which must look the same.
    /// </summary>
    /// <exception cref="BrokerAwayException">A snapshot is missing and its owner did not answer.</exception>
    public async Task<StoredPost?> FindOriginal(long postId, long viewerId, CancellationToken cancellationToken)
    {
        var post = await Find(postId, cancellationToken);
        if (post?.Post.BoostOfId is { } originalId)
            post = await Find(originalId, cancellationToken);
        if (post is null)
            return null;

        var standing = await StandingTo(post.Post.AuthorId, viewerId, cancellationToken);
        return PostAudience.MaySee(post.Post, viewerId, standing) ? post : null;
    }

    private async Task<StoredPost?> Find(long postId, CancellationToken cancellationToken) =>
        (await posts.Find([postId], cancellationToken)).GetValueOrDefault(postId);

    private async Task<Standing> StandingTo(long authorId, long viewerId, CancellationToken cancellationToken) =>
        authorId == viewerId
            ? Standing.None
            : (await relations.Of(viewerId, [authorId], cancellationToken))[authorId];
}
