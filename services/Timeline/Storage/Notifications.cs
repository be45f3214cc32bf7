using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Opens an account's notifications for reading, and takes back what the account does not want any more.
/// </summary>
internal sealed class Notifications(
    PostgresReads database,
    Publisher publisher,
    NotificationMarks marks,
    NotificationLists lists,
    NotificationRebuilder rebuilder,
    TimelineMetrics metrics)
{
    /// <summary>
    /// The ids, and how to find what they stand for; null for what was taken back. Past the end of the list, and while
    /// Redis is away, Postgres and FollowGraph are asked.
    /// </summary>
    public async Task<(IPostSource Ids, Func<long, NotificationEntry?> Find)> Open(
        long accountId,
        CancellationToken cancellationToken)
    {
        var facts = new NotificationFacts(database, publisher, marks, accountId);
        long? head;
        IReadOnlyList<NotificationEntry> entries;
        try
        {
            (head, entries) = await lists.Read(accountId);
            if (TimelineLists.IsUnfinished(head) && await rebuilder.Rebuild(accountId, facts, cancellationToken))
                (head, entries) = await lists.Read(accountId);
        }
        catch (RedisAwayException)
        {
            metrics.TimelinePulled();
            (head, entries) = (null, []);
        }

        var log = new NotificationLog(entries);
        var list = ListedIds.Of(head, [.. log.Ids], isWhole: true);
        return (new ListedPosts(list, () => Task.FromResult(list), facts), Find);

        NotificationEntry? Find(long id) => log.Find(id)
            ?? (facts.Known.TryGetValue(id, out var stored) && log.Shows(stored) ? stored : null);
    }

    public async Task Dismiss(long accountId, long notificationId, CancellationToken cancellationToken)
    {
        await marks.Dismiss(accountId, notificationId, cancellationToken);
        await lists.Add([new(accountId, NotificationEntry.Dismissing(notificationId))]);
    }

    /// <param name="upTo">The newest notification that the account can have seen.</param>
    public async Task Clear(long accountId, long upTo, CancellationToken cancellationToken)
    {
        await marks.Clear(accountId, upTo, cancellationToken);
        await lists.Add([new(accountId, NotificationEntry.ClearingUpTo(upTo))]);
    }
}
