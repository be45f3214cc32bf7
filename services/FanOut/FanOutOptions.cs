using System.ComponentModel.DataAnnotations;

namespace Microblog.FanOut;

/// <summary>Bounds of FanOut's work.</summary>
internal sealed class FanOutOptions
{
    public const string Section = "FanOut";

    /// <summary>
    /// Commands sent to Redis before their answers are awaited. More gain nothing, and a long pipeline delays readers.
    /// </summary>
    [Range(1, 10_000)]
    public int CommandsPerPipelineMax { get; set; } = 1_000;

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
