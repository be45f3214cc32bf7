using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Memory;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Reads lists of post ids, in one round trip each, and lets a list that is read live on. What the list's owner wrote a
/// moment ago belongs to it, delivered or not.
/// </summary>
internal sealed class TimelineReader(RedisGateway redis, TimeProvider clock)
{
    private const int ExtensionsMax = 20_000;

    /// <summary>Of a month that a list lives on after a read, so much is not worth a command.</summary>
    private static readonly TimeSpan ExtendEvery = TimeSpan.FromHours(1);

    private readonly RecentlyUsed<string, Extension> _extended = new(ExtensionsMax);

    /// <summary>More entries than any list has between two trims.</summary>
    private const int All = 1_000_000;

    /// <summary>
    /// The newest ids: enough for a page of <paramref name="count"/> and the margin in which order is repaired.
    /// </summary>
    /// <param name="ownerId">Whose newest posts belong to the list.</param>
    public Task<ListedIds> Newest(string key, long ownerId, int count) =>
        Read(key, ownerId, count + TimelineLists.ReadMargin);

    /// <summary>All ids; at most <see cref="TimelineLists.EntriesMax"/> and a little more.</summary>
    /// <param name="ownerId">Whose newest posts belong to the list.</param>
    public Task<ListedIds> Whole(string key, long ownerId) => Read(key, ownerId, All);

    private Task<ListedIds> Read(string key, long ownerId, int count) => redis.Run(async store =>
    {
        var tail = store.ListRangeAsync(key, -count, -1);
        var head = store.ListGetByIndexAsync(key, 0);
        var newest = store.ListRangeAsync(NewestPosts.Key(ownerId));
        await Task.WhenAll(tail, head, newest, LiveOn(store, key));

        var entries = Array.ConvertAll(await tail, entry => (long)entry);
        var isWhole = entries.Length < count;
        // The head that belongs to what was read, whatever has happened to the list between the commands.
        var first = isWhole ? entries.Select(entry => (long?)entry).FirstOrDefault() : (long?)await head;
        return ListedIds.Of(first, entries, isWhole)
            .Including(Array.ConvertAll(await newest, entry => (long)entry));
    });

    private Task LiveOn(IDatabase store, string key)
    {
        var now = clock.GetUtcNow();
        if (_extended.TryGet(key, out var extended) && extended.At + ExtendEvery > now)
            return Task.CompletedTask;
        _extended.Keep(key, new(now));
        return store.KeyExpireAsync(key, TimelineLists.Lifetime);
    }

    private sealed record Extension(DateTimeOffset At);
}
