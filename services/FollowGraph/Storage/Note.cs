namespace Microblog.FollowGraph.Storage;

/// <summary>A row of <c>notes</c>.</summary>
internal sealed class Note
{
    public required long AccountId { get; init; }

    public required long OtherId { get; init; }

    public required string Comment { get; set; }
}
