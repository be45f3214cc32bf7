using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.Bench.Systems;

/// <summary>Home timelines as they stand in Redis.</summary>
internal static class Timelines
{
    /// <summary>Posts that may have come behind one that is looked for: more than are ever under way.</summary>
    private const int LookedAt = 300;

    public static async Task<long[]> Tail(IDatabase redis, long readerId, int count) => Array.ConvertAll(
        await redis.ListRangeAsync(HomeTimelines.Key(readerId), -count, -1),
        entry => (long)entry);

    /// <summary>Whether the reader has the post, which must be among his newest.</summary>
    public static async Task<bool> Has(IDatabase redis, long readerId, long postId)
    {
        var position = await redis.ExecuteAsync(
            "LPOS", (RedisKey)HomeTimelines.Key(readerId), postId, "RANK", -1, "MAXLEN", LookedAt);
        return !position.IsNull;
    }
}
