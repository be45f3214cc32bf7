using Microblog.ServiceDefaults.Redis;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// The pages that one batch keeps on the way, of authors who have none. What cannot be kept costs nothing but that.
/// </summary>
internal sealed class KeptPages(FollowerPages pages, string token, IEnumerable<long> authorIds)
{
    private readonly Dictionary<long, List<FollowersPage>> _read =
        authorIds.ToDictionary(id => id, _ => new List<FollowersPage>());

    private readonly List<Task> _writes = [];

    /// <summary>
    /// Takes the next page of everyone who follows the author, as it was read from Postgres. They are written with the
    /// last one: with each post of somebody who has too many followers, what was written before would be for nothing.
    /// </summary>
    public void Add(Audience audience, FollowersPage page)
    {
        if (audience is not Audience.Everyone || !_read.TryGetValue(audience.AuthorId, out var read))
            return;

        read.Add(page);
        if (read.Sum(one => one.Followers.Count) > FollowerPages.FollowersMax)
            _read.Remove(audience.AuthorId);
        else if (page.Next is null)
            _writes.AddRange(read.Select((one, number) => pages.Keep(
                token, audience.AuthorId, number, one.Followers, one.Next is null ? read.Count : null)));
    }

    /// <summary>Returns when they are kept, or Redis is away.</summary>
    public Task Written() => SpareWrites.Try(() => Task.WhenAll(_writes));
}
