using Microblog.ClientEntities;
using Microblog.ServiceDefaults.Memory;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// Posts that this process has read lately. A post never changes; that it is deleted, its counters in Redis say.
/// </summary>
internal sealed class KnownPosts(PostDirectory posts, IOptions<TimelineOptions> options)
{
    private readonly RecentlyUsed<long, KnownPost> _known = new(options.Value.PostsInMemoryMax);

    /// <summary>
    /// In the order asked for, null for a deleted one; null altogether when Redis does not have them all.
    /// </summary>
    public async Task<KnownPost?[]?> Find(IReadOnlyList<long> postIds)
    {
        var found = new KnownPost?[postIds.Count];
        List<long>? unknown = null;
        for (var i = 0; i < found.Length; i++)
        {
            if (!_known.TryGet(postIds[i], out found[i]))
                (unknown ??= []).Add(postIds[i]);
        }

        if (unknown is null)
            return found;
        var (kept, missing) = await posts.FindKept(unknown);
        if (missing.Count > 0)
            return null;
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is null && kept.TryGetValue(postIds[i], out var post))
                _known.Keep(postIds[i], found[i] = new(post.Post));
        }

        return found;
    }
}
