using Microblog.ServiceDefaults.Redis;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// The pages that one batch keeps on the way, of authors who have none. What cannot be kept costs nothing but that.
/// </summary>
internal sealed class KeptPages(FollowerPages pages, string token, IEnumerable<long> authorIds)
{
    private readonly Dictionary<long, int> _pageCounts = authorIds.ToDictionary(id => id, _ => 0);
    private readonly List<Task> _writes = [];

    /// <summary>Takes the next page of everyone who follows the author, as it was read from Postgres.</summary>
    public void Add(Audience audience, IReadOnlyList<Follower> followers, bool isLast)
    {
        if (audience is not Audience.Everyone || !_pageCounts.TryGetValue(audience.AuthorId, out var page))
            return;

        _pageCounts[audience.AuthorId] = page + 1;
        if ((page + 1L) * followers.Count > FollowerPages.FollowersMax)
            _pageCounts.Remove(audience.AuthorId);
        else
            _writes.Add(pages.Keep(token, audience.AuthorId, page, followers, isLast ? page + 1 : null));
    }

    /// <summary>Returns when they are kept, or Redis is away.</summary>
    public Task Written() => SpareWrites.Try(() => Task.WhenAll(_writes));
}
