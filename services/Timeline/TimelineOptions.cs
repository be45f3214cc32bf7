using System.ComponentModel.DataAnnotations;

namespace Microblog.Timeline;

/// <summary>Bounds and waiting times of Timeline.</summary>
internal sealed class TimelineOptions
{
    public const string Section = "Timeline";

    /// <summary>Timelines one process rebuilds at the same time; further readers wait for their turn.</summary>
    [Range(1, 256)]
    public int RebuildsAtOnceMax { get; set; } = 8;

    /// <summary>Posts that one process remembers, some 3 KB each, so that it need not read them again.</summary>
    [Range(2, 10_000_000)]
    public int PostsInMemoryMax { get; set; } = 20_000;

    /// <summary>Accounts that one process remembers, some 1 KB each.</summary>
    [Range(2, 10_000_000)]
    public int AccountsInMemoryMax { get; set; } = 20_000;

    /// <summary>A post stored later than this after it was written means that the store is behind.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan StoreDelayMax { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Posts per second that one process stores while it drains a backlog. Above the rate at which people post, or a
    /// backlog never ends; below what Postgres can bear, or draining hurts everybody. Three batches of full messages
    /// must pass in the 30 seconds that a handler has.
    /// </summary>
    [Range(1_700, 1_000_000)]
    public int CatchUpPostsPerSecond { get; set; } = 2_000;

    /// <summary>A process that has just started may find a backlog: so long it takes the store to be behind.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StartGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a new follower's home timeline waits to be made for FanOut to merge the follow; normally some
    /// milliseconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MergeWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Posts above a post that somebody who is not logged in sees in its thread.</summary>
    [Range(1, 4_096)]
    public int AnonymousAncestorsMax { get; set; } = 40;

    /// <summary>Posts below a post that somebody who is not logged in sees in its thread.</summary>
    [Range(1, 4_096)]
    public int AnonymousDescendantsMax { get; set; } = 60;

    /// <summary>Levels below a post that somebody who is not logged in sees in its thread.</summary>
    [Range(1, 4_096)]
    public int AnonymousDepthMax { get; set; } = 20;

    /// <summary>Posts above, posts below, and levels below a post in its thread, for an account.</summary>
    [Range(1, 4_096)]
    public int ThreadMax { get; set; } = 4_096;
}
