using System.ComponentModel.DataAnnotations;

namespace Microblog.FanOut;

/// <summary>Bounds of FanOut's work.</summary>
internal sealed class FanOutOptions
{
    public const string Section = "FanOut";

    /// <summary>
    /// Commands sent to Redis before their answers are awaited. A few wake-ups are shared by so many; readers do not
    /// wait for all of them, for Redis reads 16 KB of a connection at a time (decision 0028).
    /// </summary>
    [Range(1, 10_000)]
    public int CommandsPerPipelineMax { get; set; } = 4_000;

    /// <summary>
    /// How long a new follower also gets what FollowGraph may have expanded without him, counted from the merge. Longer
    /// than a post ever waits in the small lane while follows do not wait.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FollowMemory { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>New followers remembered per author, the latest ones.</summary>
    [Range(1, 100_000)]
    public int RecentFollowersMax { get; set; } = 5_000;
}
