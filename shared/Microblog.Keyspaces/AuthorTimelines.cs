using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// An author's own posts and boosts, for merging into the timeline of a new follower: one Redis list per author, built
/// like a home timeline. FanOut writes, Timeline rebuilds a lost one from Postgres. See <see cref="TimelineLists"/>.
/// </summary>
public static class AuthorTimelines
{
    /// <summary>A key in UTF-8 is this, followed by the id.</summary>
    public static ReadOnlySpan<byte> Prefix => "author:"u8;

    public static string Key(long authorId) => string.Create(CultureInfo.InvariantCulture, $"author:{authorId}");
}
