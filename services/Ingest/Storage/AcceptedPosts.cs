using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>Accepts posts and boosts: readable in Redis first, then durable.</summary>
/// <remarks>
/// In this order, because a repeated request must find what the first one said: two messages with one id say the same.
/// A snapshot whose post was never confirmed is seen by its author only, and the repetition publishes it. While
/// Redis is away a post is durable and not yet readable here: whoever asks for it has it from Timeline.
/// </remarks>
internal sealed class AcceptedPosts(PostDirectory posts, AcceptedWrites writes)
{
    /// <summary>
    /// Accepts a post, and yields what stands under its id: an earlier acceptance wins. Null when it was deleted
    /// already.
    /// </summary>
    /// <exception cref="BrokerAwayException">The post may arrive all the same; its id stays reserved.</exception>
    public async Task<PostCreated?> Add(PostCreated post)
    {
        if (await Keep(post) is not { } kept)
            return null;

        await writes.AddPost(kept);
        return kept;
    }

    /// <summary>
    /// Accepts once more what an earlier request left under this id: nobody knows whether that one was confirmed, and
    /// publishing it twice changes nothing anywhere. Null when nothing is there, or not yet. Nobody is asked: a key is
    /// forgotten long before the snapshot of its post.
    /// </summary>
    /// <exception cref="BrokerAwayException">As in <see cref="Add"/>.</exception>
    public async Task<StoredPost?> Repeat(long postId)
    {
        if (await FindKept(postId) is not { } post)
            return null;

        await writes.AddPost(post.Post);
        return post;
    }

    private async Task<PostCreated?> Keep(PostCreated post)
    {
        try
        {
            return await posts.Keep(post);
        }
        catch (RedisAwayException)
        {
            return post;
        }
    }

    private async Task<StoredPost?> FindKept(long postId)
    {
        try
        {
            return await posts.FindKept(postId);
        }
        catch (RedisAwayException)
        {
            // Then it is made again, under the same id.
            return null;
        }
    }
}
