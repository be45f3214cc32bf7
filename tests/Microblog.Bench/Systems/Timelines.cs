using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.Bench.Systems;

/// <summary>Home timelines as they stand in Redis.</summary>
internal static class Timelines
{
    public static async Task<long[]> Tail(IDatabase redis, long readerId, int count) => Array.ConvertAll(
        await redis.ListRangeAsync(HomeTimelines.Key(readerId), -count, -1),
        entry => (long)entry);
}
