using System.ComponentModel.DataAnnotations;

namespace Microblog.FollowGraph;

/// <summary>Bounds of the graph and of expanding an audience.</summary>
internal sealed class FollowGraphOptions
{
    public const string Section = "FollowGraph";

    /// <summary>Readers one command may name; also the page size of the follower scan.</summary>
    [Range(1, 10_000)]
    public int ReadersPerCommandMax { get; set; } = 4_000;

    /// <summary>Commands published before their confirms are awaited, for each batch.</summary>
    [Range(1, 1_000)]
    public int CommandsInFlightMax { get; set; } = 64;

    /// <summary>Accounts that one account may follow, ask to follow, block, or mute: so many of each.</summary>
    [Range(1, 100_000)]
    public int RelationsOfAKindMax { get; set; } = 7_500;

    /// <summary>
    /// Relations a snapshot holds. Four kinds of its own and, as far as there is room, whoever blocked the account, the
    /// latest first.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RelationsPerAccountMax { get; set; } = 50_000;

    /// <summary>
    /// How long a follow waits, before it is answered, for FanOut to put the followee's posts into the follower's
    /// timeline; normally some milliseconds. While FanOut is down every follow takes so long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MergeWait { get; set; } = TimeSpan.FromMilliseconds(250);
}
