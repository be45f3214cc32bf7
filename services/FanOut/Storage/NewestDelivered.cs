using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.FanOut.Storage;

/// <summary>
/// How far posts have been delivered, by whichever process: the time of the newest, in a Redis sorted set
/// <c>newest-delivered</c> of one member. Without it a process that has just started, or was paused, would not know
/// that what it has to deliver was overtaken. Losing it costs nothing but that.
/// </summary>
internal sealed class NewestDelivered(RedisGateway redis, TimeProvider clock)
{
    private static readonly TimeSpan ExchangeEvery = TimeSpan.FromSeconds(1);

    private static readonly RedisKey Key = "newest-delivered";
    private static readonly RedisValue Member = "post";

    private readonly Lock _lock = new();
    private DateTimeOffset _newest;
    private DateTimeOffset _exchangedAt;

    /// <summary>When the newest post was written, those about to be delivered included.</summary>
    public async Task<DateTimeOffset> Including(IEnumerable<long> postIds)
    {
        var (now, newest) = (clock.GetUtcNow(), postIds.Max(IdSequence.CreatedAt));
        lock (_lock)
        {
            // A clock that is wrong must not make everything look late for as long as it was ahead.
            newest = _newest = Later(_newest, newest < now ? newest : now);
            if (now - _exchangedAt < ExchangeEvery)
                return newest;
            _exchangedAt = now;
        }

        var known = await Exchange(newest);
        lock (_lock)
            return _newest = Later(_newest, known);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private Task<DateTimeOffset> Exchange(DateTimeOffset newest) => redis.Run(async database =>
    {
        var batch = database.CreateBatch();
        var added = batch.ExecuteAsync("ZADD", Key, "GT", newest.ToUnixTimeMilliseconds(), Member);
        var score = batch.SortedSetScoreAsync(Key, Member);
        batch.Execute();
        await Task.WhenAll(added, score);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(await score ?? 0));
    });
}
