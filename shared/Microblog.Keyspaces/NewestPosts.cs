using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// What an author wrote a moment ago: one short Redis list of post ids per author, newest at the tail. Ingest writes
/// it with the post's snapshot, before it publishes; Timeline takes it in when the author's home, profile and threads
/// are read, so that a post that was answered is there at once, before it is delivered and stored. When it is lost,
/// it is not missed.
/// </summary>
public static class NewestPosts
{
    public const int EntriesMax = 20;

    /// <summary>
    /// Longer than delivery and storing take; what a backlog delays beyond it is in the lists by then.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static string Key(long authorId) => string.Create(CultureInfo.InvariantCulture, $"newest:{authorId}");
}
