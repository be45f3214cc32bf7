namespace Microblog.FollowGraph.Storage;

/// <summary>A row of <c>follow_requests</c>: a follow that waits for a locked account's consent.</summary>
internal sealed class FollowRequest
{
    public required long FolloweeId { get; init; }

    public required long FollowerId { get; init; }

    /// <summary>Sorts by time; the cursor of the list.</summary>
    public required long RequestId { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required bool ShowsBoosts { get; set; }

    public required bool Notifies { get; set; }
}
