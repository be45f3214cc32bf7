using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.Timeline.Storage;
using Npgsql;

namespace Microblog.Timeline.ReadNotifications;

/// <summary>
/// Fills a page of notifications. Left out is what was taken back, what is about a post that is deleted or hidden
/// from the account, and whatever somebody did whom it blocks, who blocks it, or whose notifications it muted.
/// </summary>
internal sealed class NotificationPages(
    Notifications notifications,
    PostDirectory posts,
    RelationDirectory relations,
    TimelineMetrics metrics)
{
    /// <summary>Candidates that one round takes.</summary>
    private const int CandidatesPerRound = 100;

    private const int RoundsMax = 30;

    private const Standing Silenced = Standing.Blocking | Standing.BlockedBy | Standing.MutingNotifications;

    public async Task<PageOfNotifications> Read(
        long accountId,
        Page page,
        NotificationQuery query,
        CancellationToken cancellationToken)
    {
        var (ids, find) = await notifications.Open(accountId, cancellationToken);
        var isUpwards = page.MinId is not null;
        var below = page.MaxId ?? long.MaxValue;
        var above = Math.Max(page.MinId ?? page.SinceId ?? 0, 0);
        var entries = new List<NotificationEntry>();
        var about = new Dictionary<long, StoredPost>();
        for (var round = 0; round < RoundsMax && entries.Count < page.Limit; round++)
        {
            try
            {
                var candidates = isUpwards
                    ? await ids.Above(above, below, CandidatesPerRound, cancellationToken)
                    : await ids.Below(below, above, CandidatesPerRound, cancellationToken);
                if (candidates.Count == 0)
                    break;
                (above, below) = isUpwards ? (candidates[^1].Cursor, below) : (above, candidates[^1].Cursor);
                var wanted = candidates.Select(candidate => find(candidate.Cursor))
                    .OfType<NotificationEntry>()
                    .Where(query.Wants)
                    .ToArray();
                entries.AddRange(await Visible(wanted, accountId, about, cancellationToken));
            }
            catch (NpgsqlException away) when (entries.Count > 0 && Outage.Caused(away))
            {
                // What was found before has no gaps; the next page will answer 503.
                metrics.PageCutShort();
                break;
            }
        }

        return new([.. entries.Take(page.Limit).OrderByDescending(entry => entry.Id)], about);
    }

    /// <summary>One notification; null when there is none, or it is not to be seen.</summary>
    public async Task<PageOfNotifications?> Find(long accountId, long id, CancellationToken cancellationToken)
    {
        if (id is <= 0 or long.MaxValue)
            return null;
        var only = new Page(MaxId: id + 1, SinceId: id - 1, MinId: null, Limit: 1);
        var page = await Read(accountId, only, NotificationQuery.Everything, cancellationToken);
        return page.Entries.Count == 0 ? null : page;
    }

    private async Task<IEnumerable<NotificationEntry>> Visible(
        NotificationEntry[] entries,
        long accountId,
        Dictionary<long, StoredPost> about,
        CancellationToken cancellationToken)
    {
        // A boost's own id says whether it was taken back.
        var ids = entries.SelectMany(entry => new[] { entry.PostId, BoostOf(entry) }).Where(id => id != 0).ToArray();
        foreach (var (id, post) in await posts.Find(ids, cancellationToken))
            about[id] = post;
        var standings = await relations.Of(
            accountId, [.. entries.Select(entry => entry.ActorId)], cancellationToken);

        return entries.Where(entry => (standings[entry.ActorId] & Silenced) == 0
            && (BoostOf(entry) == 0 || about.ContainsKey(entry.Id))
            && (entry.PostId == 0
                || (about.TryGetValue(entry.PostId, out var post)
                    && PostAudience.MaySee(post.Post, accountId, standings.GetValueOrDefault(post.Post.AuthorId)))));
    }

    private static long BoostOf(NotificationEntry entry) => entry.Kind == NotificationKind.Reblog ? entry.Id : 0;
}
