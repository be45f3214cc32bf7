using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Fills a page from a source: what is deleted or filtered is made up for with the next ones, so that a page is short
/// only at the end of the list. The cursor rules are those of Mastodon's feeds: <c>min_id</c> goes before
/// <c>since_id</c> and walks upwards, either combines with <c>max_id</c>, and a page is always newest first.
/// </summary>
internal sealed class PageReader(PostDirectory posts, TimelineMetrics metrics)
{
    /// <summary>Candidates that one round takes.</summary>
    private const int CandidatesPerRoundMax = 320;

    /// <summary>
    /// With the doubling, some 3,000 candidates: a page of which fewer pass ends early rather than late.
    /// </summary>
    private const int RoundsMax = 13;

    /// <param name="sieve">Keeps what the viewer gets to see, in the order given.</param>
    /// <exception cref="NpgsqlException">Postgres is away and nothing can be shown without it.</exception>
    public async Task<PageOfPosts> Read(
        IPostSource source,
        Page page,
        Func<IReadOnlyList<StoredPost>, Task<IReadOnlyList<StoredPost>>> sieve,
        CancellationToken cancellationToken)
    {
        var walk = new Walk(source, page);
        var kept = new List<(long Cursor, StoredPost Post)>(page.Limit);
        var isCutShort = false;
        IReadOnlyList<PageEntry> candidates = [];
        for (var round = 0; round < RoundsMax && kept.Count < page.Limit && !isCutShort; round++)
        {
            if (round > 0)
                metrics.PageRefilled();
            candidates = [];
            try
            {
                var count = Math.Min((page.Limit - kept.Count) << Math.Min(round, 8), CandidatesPerRoundMax);
                candidates = await walk.Next(Math.Max(count, page.Limit - kept.Count), cancellationToken);
                if (candidates.Count == 0)
                    break;
                kept.AddRange(await Pass(candidates, sieve, cancellationToken));
            }
            catch (NpgsqlException away) when (Outage.Caused(away))
            {
                kept.AddRange(await Pass(await AtHand(candidates), sieve, cancellationToken));
                if (kept.Count == 0)
                    throw;
                // What was found is a page without gaps; the next one will answer 503.
                isCutShort = true;
                metrics.PageCutShort();
            }
        }

        var shown = kept.Take(page.Limit).OrderByDescending(entry => entry.Cursor).ToArray();
        return new([.. shown.Select(entry => entry.Post)], [.. shown.Select(entry => entry.Cursor)], isCutShort);
    }

    private async Task<IEnumerable<(long Cursor, StoredPost Post)>> Pass(
        IReadOnlyList<PageEntry> candidates,
        Func<IReadOnlyList<StoredPost>, Task<IReadOnlyList<StoredPost>>> sieve,
        CancellationToken cancellationToken)
    {
        var found = await posts.Find([.. candidates.Select(entry => entry.PostId)], cancellationToken);
        var passed = await sieve([.. candidates.Where(entry => found.ContainsKey(entry.PostId))
            .Select(entry => found[entry.PostId])]);
        var cursors = candidates.ToDictionary(entry => entry.PostId, entry => entry.Cursor);
        return passed.Select(post => (cursors[post.Post.PostId], post));
    }

    /// <summary>The candidates down to the first one that cannot be shown without Postgres.</summary>
    private async Task<IReadOnlyList<PageEntry>> AtHand(IReadOnlyList<PageEntry> candidates)
    {
        var (found, missing) = await posts.FindKept([.. candidates.Select(entry => entry.PostId)]);
        var (_, missingOriginals) = await posts.FindKept(
            [.. found.Values.Select(post => post.Post.BoostOfId).OfType<long>()]);
        return
        [
            .. candidates.TakeWhile(entry => !missing.Contains(entry.PostId)
                && !(found.TryGetValue(entry.PostId, out var post)
                    && post.Post.BoostOfId is { } originalId
                    && missingOriginals.Contains(originalId))),
        ];
    }

    /// <summary>The way through a source that the cursors of a page describe.</summary>
    private sealed class Walk(IPostSource source, Page page)
    {
        private readonly bool _isUpwards = page.MinId is not null;
        private long _below = page.MaxId ?? long.MaxValue;
        private long _above = Math.Max(page.MinId ?? page.SinceId ?? 0, 0);

        public async Task<IReadOnlyList<PageEntry>> Next(int count, CancellationToken cancellationToken)
        {
            if (_above >= _below - 1)
                return [];
            var entries = _isUpwards
                ? await source.Above(_above, _below, count, cancellationToken)
                : await source.Below(_below, _above, count, cancellationToken);
            if (entries.Count > 0 && _isUpwards)
                _above = entries[^1].Cursor;
            else if (entries.Count > 0)
                _below = entries[^1].Cursor;
            return entries;
        }
    }
}
