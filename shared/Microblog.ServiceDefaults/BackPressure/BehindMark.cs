using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>
/// The key <c>behind</c>: there while any service cannot keep up, with the name of a queue. Who is behind repeats it
/// each second; it expires by itself.
/// </summary>
internal static class BehindMark
{
    private static readonly RedisKey Key = "behind";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    public static Task Set(RedisGateway redis, string queue) =>
        redis.Run(database => database.StringSetAsync(Key, queue, Lifetime));

    public static Task<bool> IsSet(RedisGateway redis) => redis.Run(database => database.KeyExistsAsync(Key));
}
