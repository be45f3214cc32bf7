using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads audiences page by page: from Postgres and, while that is away, from the followers at hand. Both are in the
/// order of ids, so that the one can go on where the other broke off.
/// </summary>
internal sealed class Audiences(Followers followers, FollowerPages pages, FollowGraphMetrics metrics)
{
    /// <summary>Full pages of so many authors are a megabyte or less.</summary>
    private const int AuthorsPerQueryMax = 16;

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
            return await PageAtHand(audience, after, limit);
        }
    }

    /// <summary>The first page of each, as <see cref="Page"/> tells it; most of them in one round trip.</summary>
    public async Task<IReadOnlyDictionary<Audience, IReadOnlyList<Follower>?>> FirstPages(
        IReadOnlyCollection<Audience> audiences,
        int limit,
        CancellationToken cancellationToken)
    {
        var pages = new Dictionary<Audience, IReadOnlyList<Follower>?>();
        foreach (var authors in audiences.OfType<Audience.Everyone>().Chunk(AuthorsPerQueryMax))
        {
            var read = await ReadTogether(authors, limit, cancellationToken);
            foreach (var audience in authors)
                pages[audience] = read is null ? await PageAtHand(audience, after: 0, limit) : read[audience.AuthorId];
        }

        foreach (var audience in audiences.Where(audience => audience is not Audience.Everyone))
            pages[audience] = await Page(audience, after: 0, limit, cancellationToken);
        return pages;
    }

    /// <summary>Null when Postgres is away.</summary>
    private async Task<IReadOnlyDictionary<long, IReadOnlyList<Follower>>?> ReadTogether(
        Audience.Everyone[] authors, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await followers.FirstPages(
                [.. authors.Select(audience => audience.AuthorId)], limit, cancellationToken);
        }
        catch (Exception away) when (Outage.Caused(away) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<Follower>?> PageAtHand(Audience audience, long after, int limit)
    {
        var atHand = await AtHand(audience);
        metrics.AudienceReadWithoutPostgres(isAtHand: atHand is not null);
        return atHand is null ? null : [.. atHand.Where(follower => follower.Id > after).Take(limit)];
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
