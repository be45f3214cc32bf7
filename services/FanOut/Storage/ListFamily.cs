using Microblog.Keyspaces;

namespace Microblog.FanOut.Storage;

/// <summary>Lists of one kind, to which posts are appended.</summary>
/// <param name="Key">Of the list of one owner.</param>
/// <param name="Prefix">The key in UTF-8 is this and the owner's id.</param>
internal sealed record ListFamily(Func<long, string> Key, byte[] Prefix)
{
    public static readonly ListFamily Homes = new(HomeTimelines.Key, [.. HomeTimelines.Prefix]);

    public static readonly ListFamily OwnPosts = new(AuthorTimelines.Key, [.. AuthorTimelines.Prefix]);
}
