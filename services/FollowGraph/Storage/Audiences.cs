using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads audiences page by page: from Postgres and, while that is away, from the followers at hand. Both are in the
/// order of ids, so that the one can go on where the other broke off.
/// </summary>
internal sealed class Audiences(Followers followers, FollowerPages pages, FollowGraphMetrics metrics)
{
    /// <summary>
    /// Up to <paramref name="limit"/> readers with a higher id than <paramref name="after"/>, ascending; null when
    /// Postgres is away and the author's followers are not at hand.
    /// </summary>
    public async Task<IReadOnlyList<Follower>?> Page(
        Audience audience,
        long after,
        int limit,
        CancellationToken cancellationToken)
    {
        try
        {
            return await followers.Page(audience, after, limit, cancellationToken);
        }
        catch (Exception away) when (Outage.Caused(away) && !cancellationToken.IsCancellationRequested)
        {
            var atHand = await AtHand(audience);
            metrics.AudienceReadWithoutPostgres(isAtHand: atHand is not null);
            return atHand is null ? null : [.. atHand.Where(follower => follower.Id > after).Take(limit)];
        }
    }

    private async Task<IEnumerable<Follower>?> AtHand(Audience audience)
    {
        if (await pages.Find(audience.AuthorId) is not { } all)
            return null;

        return audience switch
        {
            Audience.Everyone => all,
            Audience.OfBoosts => all.Where(follower => follower.ShowsBoosts),
            Audience.OfReply reply => await OfReply(reply.RepliedToId, all),
            Audience.OfMention mention => all.Where(follower => mention.AccountIds.Contains(follower.Id)),
            _ => throw new InvalidOperationException($"Nobody can tell who belongs to {audience}."),
        };
    }

    // When it is not known who follows the one replied to, too many get the reply rather than too few: every read
    // leaves out replies to somebody whom the reader does not follow.
    private async Task<IEnumerable<Follower>> OfReply(long repliedToId, IReadOnlyList<Follower> all)
    {
        if (await pages.Find(repliedToId) is not { } others)
            return all;
        var common = others.Select(follower => follower.Id).Append(repliedToId).ToHashSet();
        return all.Where(follower => common.Contains(follower.Id));
    }
}
