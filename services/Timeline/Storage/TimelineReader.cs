using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>Reads lists of post ids, in one round trip each, and lets a list that is read live on.</summary>
internal sealed class TimelineReader(RedisGateway redis)
{
    /// <summary>The newest ids: enough for a page of <paramref name="count"/> and the margin in which order is repaired.</summary>
    public Task<ListedIds> Newest(string key, int count) => Read(key, -(count + TimelineLists.ReadMargin));

    /// <summary>All ids; at most <see cref="TimelineLists.EntriesMax"/> and a little more.</summary>
    public Task<ListedIds> Whole(string key) => Read(key, start: 0);

    private Task<ListedIds> Read(RedisKey key, long start) => redis.Run(async store =>
    {
        var entries = store.ListRangeAsync(key, start, -1);
        var head = store.ListGetByIndexAsync(key, 0);
        var length = store.ListLengthAsync(key);
        var expiry = store.KeyExpireAsync(key, TimelineLists.Lifetime);
        await Task.WhenAll(entries, head, length, expiry);
        if ((await head).IsNull)
            return ListedIds.Missing;

        var read = await entries;
        return ListedIds.Of((long)await head, read.Select(entry => (long)entry), isWhole: read.Length >= await length);
    });
}
