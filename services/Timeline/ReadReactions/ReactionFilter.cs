namespace Microblog.Timeline.ReadReactions;

/// <summary>The accounts behind reactions, in their order, as far as the viewer gets to see them.</summary>
internal delegate Task<IReadOnlyList<long>> ReactionFilter(
    IReadOnlyList<(long Cursor, long AccountId)> reactions,
    long? viewerId,
    CancellationToken cancellationToken);
