namespace Microblog.FollowGraph.Storage;

/// <summary>Which followers of an author a post reaches.</summary>
internal abstract record Audience(long AuthorId)
{
    /// <summary>All followers.</summary>
    internal sealed record Everyone(long AuthorId) : Audience(AuthorId);

    /// <summary>Followers who want to see the author's boosts.</summary>
    internal sealed record OfBoosts(long AuthorId) : Audience(AuthorId);

    /// <summary>Followers who follow the one replied to as well, or are he.</summary>
    internal sealed record OfReply(long AuthorId, long RepliedToId) : Audience(AuthorId);

    /// <summary>Those mentioned in one post, as far as they follow.</summary>
    internal sealed record OfMention(long AuthorId, long PostId, IReadOnlyList<long> AccountIds) : Audience(AuthorId);
}
