using Microblog.Keyspaces;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Measuring;

/// <summary>Looks into the timeline's list, where a read would find the post.</summary>
public sealed class RedisProbe(RedisServer redis) : ITimelineProbe
{
    /// <summary>Posts that may have come after it meanwhile.</summary>
    private const int Tail = 60;

    public TimeSpan Interval => TimeSpan.FromMilliseconds(4);

    public async Task<bool> Shows(Person reader, long postId, CancellationToken cancellationToken)
    {
        var entries = await redis.Database.ListRangeAsync(HomeTimelines.Key(reader.Id), -Tail, -1);
        return entries.Contains(postId);
    }
}
