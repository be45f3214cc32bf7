namespace Microblog.FollowGraph.Storage;

/// <summary>A row of <c>follows</c>.</summary>
internal sealed class Follow
{
    public required long FolloweeId { get; init; }

    public required long FollowerId { get; init; }

    /// <summary>Sorts by time; the cursor of follower lists.</summary>
    public required long FollowId { get; init; }

    public required DateTimeOffset FollowedAt { get; init; }

    public required bool ShowsBoosts { get; set; }

    public required bool Notifies { get; set; }
}
