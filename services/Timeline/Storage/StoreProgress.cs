using MassTransit;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Whether Postgres may lack posts that were accepted and delivered long ago. A store that meets an old post says so
/// in the Redis key <c>store-behind</c>, which outlives the pause of a consumer whose database is away.
/// </summary>
internal sealed class StoreProgress(
    RedisGateway redis,
    IBusControl bus,
    TimeProvider clock,
    IOptions<TimelineOptions> options)
{
    /// <summary>How long one sign of a backlog counts.</summary>
    public static readonly TimeSpan Memory = AwaitedPosts.Memory;

    private static readonly RedisKey Key = "store-behind";

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <summary>
    /// To be called before a batch is stored. While Redis is away nothing is rebuilt, and later batches say it again.
    /// </summary>
    public async Task Storing(IEnumerable<long> postIds)
    {
        if (clock.GetUtcNow() - IdSequence.CreatedAt(postIds.Min()) > options.Value.StoreDelayMax)
            await Behind();
    }

    /// <summary>Says that there is a backlog, or that there will be one. While Redis is away, as above.</summary>
    public async Task Behind() =>
        await SpareWrites.Try(() => redis.Run(store => store.StringSetAsync(Key, 1, Memory)));

    public async Task<bool> MayBeBehind() =>
        clock.GetUtcNow() - _startedAt < options.Value.StartGrace
        || bus.CheckHealth().Status != BusHealthStatus.Healthy
        || await redis.Run(store => store.KeyExistsAsync(Key));
}
