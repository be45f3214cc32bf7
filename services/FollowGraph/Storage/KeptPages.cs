using Microblog.ServiceDefaults.Redis;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// The pages that one batch keeps on the way, of authors who have none. What cannot be kept costs nothing but that.
/// </summary>
internal sealed class KeptPages(FollowerPages pages, string token, IEnumerable<long> authorIds)
{
    private readonly Dictionary<long, (int Pages, int Followers)> _kept = authorIds.ToDictionary(id => id, _ => (0, 0));
    private readonly List<Task> _writes = [];

    /// <summary>Takes the next page of everyone who follows the author, as it was read from Postgres.</summary>
    public void Add(Audience audience, FollowersPage page)
    {
        if (audience is not Audience.Everyone || !_kept.TryGetValue(audience.AuthorId, out var kept))
            return;

        var (number, followerCount) = (kept.Pages, kept.Followers + page.Followers.Count);
        _kept[audience.AuthorId] = (number + 1, followerCount);
        if (followerCount > FollowerPages.FollowersMax)
            _kept.Remove(audience.AuthorId);
        else
            _writes.Add(pages.Keep(
                token, audience.AuthorId, number, page.Followers, page.Next is null ? number + 1 : null));
    }

    /// <summary>Returns when they are kept, or Redis is away.</summary>
    public Task Written() => SpareWrites.Try(() => Task.WhenAll(_writes));
}
