using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.ReadThread;

/// <summary>
/// Gathers a conversation, with what was accepted but is not stored yet as far as the viewer can know of it.
/// </summary>
internal sealed class ThreadReader(Threads threads, PostDirectory posts, TimelineReader lists)
{
    /// <summary>Own posts that are looked through for replies which are not stored yet.</summary>
    private const int OwnNewestMax = 20;

    /// <summary>What the post replies to, the oldest first.</summary>
    public async Task<IReadOnlyList<StoredPost>> Above(
        PostCreated post,
        int countMax,
        CancellationToken cancellationToken)
    {
        var above = new List<StoredPost>();
        var nextId = post.InReplyToId;
        while (nextId is { } id && above.Count < countMax)
        {
            var stored = await threads.UpFrom(id, countMax - above.Count, cancellationToken);
            // A post that is not stored yet may still be found by its id, and leads on to one that is.
            var found = await posts.Find(stored.Count > 0 ? [.. stored] : [id], cancellationToken);
            above.InsertRange(0, found.Values.OrderBy(ancestor => ancestor.Post.PostId));
            nextId = stored.Count > 0 ? null : found.Values.FirstOrDefault()?.Post.InReplyToId;
        }

        return above;
    }

    /// <summary>What replies to the post, depth first.</summary>
    /// <param name="viewerId">Whose own newest replies are shown before they are stored.</param>
    public async Task<IReadOnlyList<StoredPost>> Below(
        PostCreated post,
        long? viewerId,
        int countMax,
        int depthMax,
        CancellationToken cancellationToken)
    {
        var stored = await threads.Below(post.PostId, countMax, depthMax, cancellationToken);
        var own = viewerId is { } viewer ? await OwnNewest(viewer) : [];
        var found = await posts.Find([.. stored.Union(own.Where(id => id > post.PostId))], cancellationToken);

        // Depth first: a reply comes directly after what it replies to, older replies first.
        var replies = found.Values
            .Where(reply => reply.Post.InReplyToId is not null)
            .OrderByDescending(reply => reply.Post.PostId)
            .ToLookup(reply => reply.Post.InReplyToId.GetValueOrDefault());
        var below = new List<StoredPost>();
        var open = new Stack<StoredPost>(replies[post.PostId]);
        while (open.TryPop(out var next) && below.Count < countMax)
        {
            below.Add(next);
            foreach (var reply in replies[next.Post.PostId])
                open.Push(reply);
        }

        return below;
    }

    private async Task<IReadOnlyList<long>> OwnNewest(long viewerId)
    {
        try
        {
            return (await lists.Newest(TimelineList.Author(viewerId), OwnNewestMax)).Ids;
        }
        catch (RedisAwayException)
        {
            // What is stored is shown; his own reply joins it a moment later.
            return [];
        }
    }
}
