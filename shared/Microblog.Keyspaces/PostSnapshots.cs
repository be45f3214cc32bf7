using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// Recent posts, readable before Postgres has them and while it is down: one Redis string per post, JSON of
/// <c>Microblog.Contracts.Ingest.PostCreated</c>, or <see cref="Deleted"/>. Ingest writes it before a post is published
/// and marks it at deletion; Timeline restores a missing one from Postgres with <c>SET NX</c>, so that a deletion is
/// never overwritten. A missing snapshot means nothing: the post may be in Postgres.
/// </summary>
public static class PostSnapshots
{
    /// <summary>Stands in place of a deleted post.</summary>
    public const string Deleted = "deleted";

    /// <summary>A snapshot is kept so long after it was written.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public static string Key(long postId) => string.Create(CultureInfo.InvariantCulture, $"post:{postId}");

    /// <summary>
    /// A string <c>replies boosts favourites version</c>, or <see cref="Deleted"/>: who remembers the post itself need
    /// only look here. Ingest starts it with zeros and marks it at deletion, Timeline writes it from Postgres, only if
    /// its version is newer (<see cref="WriteCountsIfNewer"/>).
    /// </summary>
    public static string CountsKey(long postId) =>
        string.Create(CultureInfo.InvariantCulture, $"post-counts:{postId}");

    /// <summary>KEYS[1] the counts key; ARGV value, version, lifetime in seconds.</summary>
    public const string WriteCountsIfNewer =
        """
        local current = redis.call('GET', KEYS[1])
        if current == 'deleted' then return 0 end
        if current and tonumber(string.match(current, '%d+$')) > tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
        return 1
        """;
}
