using System.Globalization;

namespace Microblog.Timeline.Storage;

/// <summary>The addresses under which a post is known: <c>/@bob/1</c> and <c>/users/bob/statuses/1</c>.</summary>
internal static class PostAddress
{
    /// <summary>The post's id; null when the address is none of ours.</summary>
    public static long? Parse(string address, string origin)
    {
        if (!address.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase))
            return null;
        var path = address[origin.Length..].Split('?', '#')[0].Trim('/').Split('/');
        var isPost = path is [['@', ..], _] or ["users", _, "statuses", _];
        return isPost && long.TryParse(path[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
    }
}
