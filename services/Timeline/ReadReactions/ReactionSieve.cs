using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.ReadReactions;

/// <summary>
/// Who reacted is told to those only who may know: a boost for followers is theirs, and blocks and mutes hold.
/// </summary>
internal sealed class ReactionSieve(PostDirectory posts, PostSieve sieve, RelationDirectory relations)
{
    private const Standing Hidden = Standing.Blocking | Standing.BlockedBy | Standing.Muting;

    /// <inheritdoc cref="ReactionFilter"/>
    public async Task<IReadOnlyList<long>> Boosts(
        IReadOnlyList<(long Cursor, long AccountId)> reactions,
        long? viewerId,
        CancellationToken cancellationToken)
    {
        long[] boostIds = [.. reactions.Select(reaction => reaction.Cursor)];
        var boosts = await posts.Find(boostIds, cancellationToken);
        var listed = await sieve.Listed(
            [.. boostIds.Where(boosts.ContainsKey).Select(boostId => boosts[boostId])],
            viewerId,
            cancellationToken);
        return [.. listed.Select(boost => boost.Post.AuthorId)];
    }

    /// <inheritdoc cref="ReactionFilter"/>
    public async Task<IReadOnlyList<long>> Favourites(
        IReadOnlyList<(long Cursor, long AccountId)> reactions,
        long? viewerId,
        CancellationToken cancellationToken)
    {
        long[] accountIds = [.. reactions.Select(reaction => reaction.AccountId)];
        if (viewerId is not { } viewer)
            return accountIds;

        var standings = await relations.Of(viewer, accountIds, cancellationToken);
        return [.. accountIds.Where(accountId => (standings[accountId] & Hidden) == 0)];
    }
}
