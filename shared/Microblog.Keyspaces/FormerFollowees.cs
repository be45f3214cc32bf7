using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// Whom a reader followed before, or was parted from by a block: one Redis sorted set per reader, the author's id
/// scored by the Unix time in milliseconds at which it ended. FanOut writes it when it takes the author out of the
/// reader's home; a post that was under way just then may have stayed there, which every read leaves out. The
/// operator's tool takes such an entry for what it is. When it is lost, so are the timelines.
/// </summary>
public static class FormerFollowees
{
    /// <summary>The newest that are remembered.</summary>
    public const int AuthorsMax = 1_000;

    /// <summary>
    /// A post written so long after the end may still be delivered: FanOut addresses everybody who followed its author
    /// in the last ten minutes.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(11);

    public static string Key(long readerId) =>
        string.Create(CultureInfo.InvariantCulture, $"former-followees:{readerId}");
}
