using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// Home timelines: one Redis list per reader, decimal post ids, newest at the tail. FanOut writes, Timeline reads and
/// rebuilds a lost one from Postgres. When its reader last looked stands in <see cref="LastReads"/>. The rules of the
/// list itself are those of <see cref="TimelineLists"/>.
/// </summary>
public static class HomeTimelines
{
    /// <summary>A key in UTF-8 is this, followed by the id.</summary>
    public static ReadOnlySpan<byte> Prefix => "home:"u8;

    public static string Key(long readerId) => string.Create(CultureInfo.InvariantCulture, $"home:{readerId}");
}
