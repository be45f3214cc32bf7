namespace Microblog.FollowGraph.Storage;

/// <summary>
/// A row of <c>mutes</c>. One that has ended counts as none, and stays until it is renewed or taken back.
/// </summary>
internal sealed class Mute
{
    public required long AccountId { get; init; }

    public required long MutedId { get; init; }

    /// <summary>Sorts by time; the cursor of the list.</summary>
    public required long MuteId { get; init; }

    public required DateTimeOffset MutedAt { get; init; }

    public required bool HidesNotifications { get; set; }

    /// <summary>Null when it does not end by itself.</summary>
    public required DateTimeOffset? EndsAt { get; set; }
}
