using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// Which lists were lately filled with what was known of an author's posts: one Redis sorted set per author, the list's
/// key scored by the time in Unix milliseconds. A post that was delivered before and is stored afterwards would be in
/// none of them; so whoever fills a list enters it before he looks, and Timeline's store appends what it has committed.
/// </summary>
public static class AwaitedPosts
{
    /// <summary>Lists remembered per author, the newest; more in a minute happen to nobody.</summary>
    public const int ListsMax = 10_000;

    /// <summary>A store that is further behind than this says so, and then no list counts as finished.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    public static string Key(long authorId) =>
        string.Create(CultureInfo.InvariantCulture, $"rebuilt-lists:{authorId}");
}
