using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads audiences page by page from Postgres and, while that is away, from the followers at hand. Those come as one
/// page, also where some pages of Postgres were read before: that a post is sent again is seen by nobody.
/// </summary>
internal sealed class Audiences(Followers followers, FollowerPages pages, FollowGraphMetrics metrics)
{
    /// <summary>Full pages of so many authors are a megabyte or less.</summary>
    private const int AuthorsPerQueryMax = 16;

    /// <summary>
    /// The page that begins after the cursor, or the first one; null when Postgres is away and the author's followers
    /// are not at hand.
    /// </summary>
    public async Task<FollowersPage?> Page(
        Audience audience,
        FollowersCursor? after,
        int limit,
        CancellationToken cancellationToken)
    {
        try
        {
            return await followers.Page(audience, after, limit, cancellationToken);
        }
        catch (Exception away) when (Outage.Caused(away) && !cancellationToken.IsCancellationRequested)
        {
            return await PageAtHand(audience);
        }
    }

    /// <summary>The first page of each, as <see cref="Page"/> tells it; most of them in one round trip.</summary>
    public async Task<IReadOnlyDictionary<Audience, FollowersPage?>> FirstPages(
        IReadOnlyCollection<Audience> audiences,
        int limit,
        CancellationToken cancellationToken)
    {
        var pages = new Dictionary<Audience, FollowersPage?>();
        foreach (var authors in audiences.OfType<Audience.Everyone>().Chunk(AuthorsPerQueryMax))
        {
            var read = await ReadTogether(authors, limit, cancellationToken);
            foreach (var audience in authors)
                pages[audience] = read is null ? await PageAtHand(audience) : read[audience.AuthorId];
        }

        foreach (var audience in audiences.Where(audience => audience is not Audience.Everyone))
            pages[audience] = await Page(audience, after: null, limit, cancellationToken);
        return pages;
    }

    /// <summary>Null when Postgres is away.</summary>
    private async Task<IReadOnlyDictionary<long, FollowersPage>?> ReadTogether(
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

    private async Task<FollowersPage?> PageAtHand(Audience audience)
    {
        var atHand = await AtHand(audience);
        metrics.AudienceReadWithoutPostgres(isAtHand: atHand is not null);
        return atHand is null ? null : new([.. atHand], Next: null);
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
