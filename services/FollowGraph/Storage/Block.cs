namespace Microblog.FollowGraph.Storage;

/// <summary>A row of <c>blocks</c>.</summary>
internal sealed class Block
{
    public required long AccountId { get; init; }

    public required long BlockedId { get; init; }

    /// <summary>Sorts by time; the cursor of the list.</summary>
    public required long BlockId { get; init; }

    public required DateTimeOffset BlockedAt { get; init; }
}
