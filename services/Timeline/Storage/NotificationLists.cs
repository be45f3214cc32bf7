using System.Globalization;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Notifications: one Redis list per account, <c>notifications:{id}</c>, of <see cref="NotificationEntry"/>, newest
/// at the tail, with the marks of <see cref="TimelineLists"/> at the head. A log: nothing in it is ever changed, and
/// a read resolves what repeats or takes back an earlier entry, in whatever order they came. Rebuilt by
/// <see cref="NotificationRebuilder"/>.
/// </summary>
internal sealed class NotificationLists(RedisGateway redis, TimelineMetrics metrics)
{
    /// <summary>Entries a list keeps; older notifications are read from Postgres.</summary>
    public const int EntriesMax = 400;

    /// <summary>
    /// A list is trimmed when a push leaves it longer than <see cref="EntriesMax"/> by more than this.
    /// </summary>
    private const int TrimMargin = 100;

    private const int EntriesPerPipelineMax = 500;

    // A list that is being rebuilt goes on saying so.
    private const string TrimScript =
        """
        local head = redis.call('LINDEX', KEYS[1], 0)
        redis.call('LTRIM', KEYS[1], ARGV[1], -1)
        if head == ARGV[2] then redis.call('LPUSH', KEYS[1], head) end
        return 1
        """;

    public static string Key(long accountId) =>
        string.Create(CultureInfo.InvariantCulture, $"notifications:{accountId}");

    /// <summary>Appends to the lists that exist; those that do not will be rebuilt from what is stored.</summary>
    public async Task Add(IEnumerable<NewNotification> notifications)
    {
        foreach (var some in notifications.Chunk(EntriesPerPipelineMax))
        {
            var lengths = await redis.Run(store => Task.WhenAll(some.Select(one => Push(store, one))));
            metrics.NotificationsAdded(lengths.Count(length => (long)length > 0));
            var tooLong = some.Zip(lengths)
                .Where(push => (long)push.Second > EntriesMax + TrimMargin)
                .Select(push => push.First.AccountId)
                .Distinct();
            await redis.Run(store => Task.WhenAll(tooLong.Select(accountId => store.ScriptEvaluateAsync(
                TrimScript, [Key(accountId)], [-EntriesMax, TimelineLists.Unfinished], CommandFlags.NoScriptCache))));
        }
    }

    /// <summary>
    /// Appends to the lists that were rebuilt lately, and so perhaps before these facts were stored. To be called
    /// after the commit. The usual <see cref="Add"/> may have said the same: a read takes it once.
    /// </summary>
    public async Task AddToRebuilt(IEnumerable<NewNotification> notifications)
    {
        foreach (var some in notifications.Chunk(EntriesPerPipelineMax))
        {
            var isRebuilt = await redis.Run(store => Task.WhenAll(some.Select(notification =>
                store.KeyExistsAsync(RebuiltKey(notification.AccountId)))));
            var affected = some.Zip(isRebuilt).Where(pair => pair.Second).Select(pair => pair.First).ToArray();
            await redis.Run(store => Task.WhenAll(affected.Select(notification => Push(store, notification))));
        }
    }

    /// <summary>To be called before a rebuild reads what is stored.</summary>
    public Task AnnounceRebuild(long accountId) => redis.Run(store =>
        store.StringSetAsync(RebuiltKey(accountId), 1, RebuiltLists.Memory));

    /// <summary>
    /// The head of the list, null when it does not exist, and its entries in the order of their arrival.
    /// </summary>
    public Task<(long? Head, IReadOnlyList<NotificationEntry> Entries)> Read(long accountId) => redis.Run(async store =>
    {
        RedisKey key = Key(accountId);
        var list = store.ListRangeAsync(key, 0, -1);
        await Task.WhenAll(list, store.KeyExpireAsync(key, TimelineLists.Lifetime));
        var entries = (await list).Select(entry => entry.ToString()).ToArray();
        long? head = entries.Length == 0 ? null : long.Parse(entries[0].Split(' ')[0], CultureInfo.InvariantCulture);
        IReadOnlyList<NotificationEntry> parsed =
            [.. entries.Where(entry => entry.Contains(' ')).Select(NotificationEntry.Parse)];
        return (head, parsed);
    });

    private static Task<RedisResult> Push(IDatabase store, NewNotification notification) => store.ExecuteAsync(
        "RPUSHX", (RedisKey)Key(notification.AccountId), (RedisValue)notification.Entry.ToString());

    private static RedisKey RebuiltKey(long accountId) =>
        string.Create(CultureInfo.InvariantCulture, $"rebuilt-notifications:{accountId}");
}
