using Microblog.Keyspaces;

namespace Microblog.Timeline.Storage;

/// <summary>A timeline's list in Redis.</summary>
/// <param name="Key">Its key.</param>
/// <param name="OwnerId">Whose newest posts belong to it.</param>
/// <param name="IsHome">
/// Whether it is noted in <see cref="LastReads"/> when it is read, as home timelines are; others expire.
/// </param>
internal sealed record TimelineList(string Key, long OwnerId, bool IsHome)
{
    public static TimelineList Home(long readerId) => new(HomeTimelines.Key(readerId), readerId, IsHome: true);

    public static TimelineList Author(long authorId) => new(AuthorTimelines.Key(authorId), authorId, IsHome: false);
}
