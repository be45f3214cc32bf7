using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// Follows whose author's posts are in the follower's home timeline: one Redis string per follow. FanOut writes it,
/// FollowGraph waits for it a moment before it answers, so that the next read shows whom one has just followed, and
/// Timeline before it makes sure that the follower has a timeline. A lost one costs that moment.
/// </summary>
public static class MergedFollows
{
    /// <summary>Far longer than anybody waits.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public static string Key(long followId) => string.Create(CultureInfo.InvariantCulture, $"merged-follow:{followId}");
}
