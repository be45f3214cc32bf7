using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Memory;
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
    private const int ReadersMax = 20_000;

    /// <summary>Posts asked for beyond twice those that a page still lacks after the first round.</summary>
    private const int MoreAtOnce = 4;

    private readonly RecentlyUsed<long, LastPage> _lastPages = new(ReadersMax);

    /// <summary>
    /// Begins to ask what the first page will need if it is the one that the reader has read twice by now. Whoever
    /// looks again and again mostly finds nothing new, and then this travels together with the question for the list;
    /// and how the reader stands to people, and what he marked, is only asked whether it changed.
    /// </summary>
    /// <returns>Null when nothing is expected, or cannot be had.</returns>
    public async Task<AskedRound?> Expect(long readerId, Page page)
    {
        if (!IsFirst(page) || !_lastPages.TryGet(readerId, out var last) || !last.IsRepeated
            || last.Limit != page.Limit)
            return null;
        try
        {
            return await Ask(last.PostIds, readerId, last.Viewer);
        }
        catch (RedisAwayException)
        {
            return null;
        }
    }

    /// <param name="ids">Descending; more of them than the page is long, in case some do not pass.</param>
    /// <param name="isAll">There are no others, so that a page may be short.</param>
    /// <param name="expected">What <see cref="Expect"/> yielded; of no use unless it asked about these posts.</param>
    /// <returns>Null when the page must be read in the other way.</returns>
    public async Task<WarmPage?> Read(
        IReadOnlyList<long> ids,
        bool isAll,
        Page page,
        long readerId,
        AskedRound? expected,
        CancellationToken cancellationToken)
    {
        using var unused = expected;
        var warm = new WarmPage(templates, readerId, page.Limit);
        if (await Fill(warm, ids, isAll, page, expected, cancellationToken))
        {
            metrics.PageWarm();
            return warm;
        }

        warm.Dispose();
        return null;
    }

    private async Task<bool> Fill(
        WarmPage warm,
        IReadOnlyList<long> ids,
        bool isAll,
        Page page,
        AskedRound? expected,
        CancellationToken cancellationToken)
    {
        if (ids.Count < page.Limit && !isAll)
            return false;
        try
        {
            for (var from = 0; from < ids.Count && !warm.IsFull;)
            {
                var missing = page.Limit - warm.Cursors.Count;
                // Where some did not pass others may not either, and each round more makes the reader wait.
                var some = ids.Skip(from).Take(from == 0 ? missing : (2 * missing) + MoreAtOnce).ToArray();
                using var asked = expected?.PostIds.SequenceEqual(some) == true
                    ? expected
                    : await Ask(some, warm.ReaderId);
                if (asked is null)
                    return false;
                await Add(asked.Round, warm, cancellationToken);
                if (from == 0 && IsFirst(page))
                    Remember(warm.ReaderId, some, page.Limit, asked.Round);
                from += some.Length;
            }
        }
        catch (RedisAwayException)
        {
            return false;
        }

        return warm.IsFull || isAll;
    }

    private static bool IsFirst(Page page) => page is { MaxId: null, SinceId: null, MinId: null };

    private void Remember(long readerId, long[] postIds, int limit, WarmRound round)
    {
        var isRepeated = _lastPages.TryGet(readerId, out var last) && last.PostIds.SequenceEqual(postIds);
        var viewer = isRepeated ? round.Viewer() : null;
        if (last is null || !isRepeated || !last.IsRepeated || last.Limit != limit || last.Viewer != viewer)
            _lastPages.Keep(readerId, new(postIds, limit, isRepeated, viewer));
    }

    /// <summary>Null when something is out of the ordinary.</summary>
    private async Task<AskedRound?> Ask(long[] postIds, long readerId, KnownViewer? known = null)
    {
        if (await WithOriginals(postIds) is not { } found)
            return null;
        var round = new WarmRound(readerId, found, known);
        if (found.Count == 0 || await round.Ask(redis))
            return new(postIds, round);
        round.Dispose();
        return null;
    }

    private async Task Add(WarmRound round, WarmPage page, CancellationToken cancellationToken)
    {
        var authors = await accounts.Find(round.AuthorIds, round.Changes(), cancellationToken);
        round.AddTo(page, authors, clock.GetUtcNow());
    }

    /// <summary>Those that exist; null when Redis does not have them all.</summary>
    private async Task<IReadOnlyList<(KnownPost Post, KnownPost? Original)>?> WithOriginals(long[] postIds)
    {
        if (await posts.Find(postIds) is not { } found)
            return null;
        var known = found.OfType<KnownPost>().ToArray();
        if (!Array.Exists(known, post => post.Post.BoostOfId is not null))
            return Array.ConvertAll(known, post => (post, (KnownPost?)null));

        var boosted = known.Select(post => post.Post.BoostOfId).OfType<long>().Distinct().ToArray();
        if (await posts.Find(boosted) is not { } originals)
            return null;
        var byId = originals.OfType<KnownPost>().ToDictionary(original => original.Post.PostId);
        return Array.ConvertAll(known, post => (post, byId.GetValueOrDefault(post.Post.BoostOfId ?? 0)));
    }

    /// <summary>What a reader's first page was made of, before anything was left out.</summary>
    private sealed record LastPage(long[] PostIds, int Limit, bool IsRepeated, KnownViewer? Viewer);
}
