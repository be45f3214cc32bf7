using Microblog.ClientEntities;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// The usual case of a home timeline: posts that this process knows, from a list that can be trusted. One round trip
/// asks for all that may have changed since. Whatever is out of the ordinary is left to <see cref="PageReader"/>, which
/// knows how to make up for what is missing.
/// </summary>
internal sealed class WarmHome(
    RedisGateway redis,
    KnownPosts posts,
    KnownAccounts accounts,
    StatusTemplates templates,
    TimeProvider clock,
    TimelineMetrics metrics)
{
    /// <param name="ids">Descending; more of them than the page is long, in case some do not pass.</param>
    /// <param name="isAll">There are no others, so that a page may be short.</param>
    /// <returns>Null when the page must be read in the other way.</returns>
    public async Task<WarmPage?> Read(
        IReadOnlyList<long> ids,
        bool isAll,
        int limit,
        long readerId,
        CancellationToken cancellationToken)
    {
        if (ids.Count < limit && !isAll)
            return null;
        var page = new WarmPage(templates, readerId);
        try
        {
            for (var from = 0; from < ids.Count && page.Cursors.Count < limit;)
            {
                var some = ids.Skip(from).Take(limit - page.Cursors.Count).ToArray();
                from += some.Length;
                if (!await Add(some, page, readerId, cancellationToken))
                    return null;
            }
        }
        catch (RedisAwayException)
        {
            return null;
        }

        if (page.Cursors.Count < limit && !isAll)
            return null;
        metrics.PageWarm();
        return page;
    }

    /// <summary>False when something is out of the ordinary.</summary>
    private async Task<bool> Add(long[] postIds, WarmPage page, long readerId, CancellationToken cancellationToken)
    {
        if (await WithOriginals(postIds) is not { } known)
            return false;
        if (known.Count == 0)
            return true;
        var round = new WarmRound(readerId, known);
        if (!await round.Ask(redis))
            return false;
        var authors = await accounts.Find(round.AuthorIds, round.Changes, cancellationToken);
        foreach (var entry in round.Passing(clock.GetUtcNow()))
            page.Add(entry, authors);
        return true;
    }

    /// <summary>Those that exist; null when Redis does not have them all.</summary>
    private async Task<IReadOnlyList<(KnownPost Post, KnownPost? Original)>?> WithOriginals(long[] postIds)
    {
        if (await posts.Find(postIds) is not { } found)
            return null;
        var known = found.OfType<KnownPost>().ToArray();
        var boosted = known.Select(post => post.Post.BoostOfId).OfType<long>().Distinct().ToArray();
        if (boosted.Length == 0)
            return Array.ConvertAll(known, post => (post, (KnownPost?)null));

        if (await posts.Find(boosted) is not { } originals)
            return null;
        var byId = originals.OfType<KnownPost>().ToDictionary(original => original.Post.PostId);
        return Array.ConvertAll(known, post => (post, byId.GetValueOrDefault(post.Post.BoostOfId ?? 0)));
    }
}
