using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>Deletes posts and boosts: durable first, then gone from every read.</summary>
/// <remarks>
/// The other order would lose deletions: were the post hidden and its deletion not published, the author could not
/// repeat it (404), and the post would be back when the snapshot expires. In this order a crash in between leaves a
/// deletion that Timeline carries out, and so does an absence of Redis.
/// </remarks>
internal sealed class DeletedPosts(
    PostDirectory posts,
    AcceptedWrites writes,
    WrittenMarks marks,
    IdempotencyKeys keys,
    TimeProvider clock)
{
    /// <summary>Doing it twice changes nothing.</summary>
    /// <exception cref="BrokerAwayException">Nothing is hidden. The deletion may take place all the same.</exception>
    public async Task Add(PostCreated post)
    {
        await writes.Add(new PostDeleted(post.PostId, post.AuthorId, clock.GetUtcNow()));
        await Hide(post.PostId);
        if (post.BoostOfId is not { } originalId)
            return;

        await marks.Boost(post.AuthorId, originalId, boostId: 0);
        await keys.ForgetBoost(post.AuthorId, originalId);
    }

    private async Task Hide(long postId)
    {
        try
        {
            await posts.MarkDeleted(postId);
        }
        catch (RedisAwayException)
        {
            // Timeline marks it as well, when it deletes.
        }
    }
}
