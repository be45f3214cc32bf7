using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.DropUnread;

/// <summary>
/// Drops the home timelines of people who have not looked for <see cref="TimelineLists.Lifetime"/>, so that Redis holds
/// those of people who are there. Whoever comes back has his made anew, as anybody who looks for the first time. Each
/// process goes through all of <see cref="LastReads"/> in a day; that several do so, or one again, changes nothing.
/// </summary>
internal sealed partial class UnreadTimelines(
    RedisGateway redis,
    TimelineMetrics metrics,
    TimeProvider clock,
    ILogger<UnreadTimelines> logger) : RepeatedWork(clock, logger)
{
    private const int TimelinesAtOnceMax = 500;

    // Who has come back in between is noted with another day, and stays.
    private const string ForgetScript =
        """
        for i = 1, #ARGV, 2 do
          if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
        end
        return 1
        """;

    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1) / LastReads.BucketCount;

    // Processes that start together do not all look at the same.
    private int _bucket = Random.Shared.Next(LastReads.BucketCount);

    /// <summary>Drops those of one hash. What is not done because something fails is done the next time.</summary>
    /// <returns>How many were noted there and are dropped.</returns>
    internal async Task<int> Drop(string bucket, CancellationToken cancellationToken)
    {
        var unreadSince = LastReads.Day(Clock.GetUtcNow() - TimelineLists.Lifetime);
        var lastReads = await redis.Run(store => store.HashGetAllAsync(bucket));
        var dropped = 0;
        foreach (var some in lastReads.Where(read => (long)read.Value < unreadSince).Chunk(TimelinesAtOnceMax))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await redis.Run(store => Task.WhenAll(
                some.Select(read => store.KeyDeleteAsync(HomeTimelines.Key((long)read.Name)))));
            // Afterwards, or a process that ends in between would leave a list that nobody knows of.
            await Forget(bucket, some);
            metrics.TimelinesDropped(some.Length);
            dropped += some.Length;
        }

        return dropped;
    }

    /// <summary>Takes out of a hash what still stands there as it was read.</summary>
    internal Task Forget(string bucket, IEnumerable<HashEntry> lastReads) => redis.Run(store =>
        store.ScriptEvaluateAsync(
            ForgetScript,
            [bucket],
            [.. lastReads.SelectMany(read => new[] { read.Name, read.Value })],
            CommandFlags.NoScriptCache));

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        try
        {
            var dropped = await Drop(LastReads.Bucket(_bucket), stoppingToken);
            if (dropped > 0)
                LogDropped(Logger, dropped);
            _bucket = (_bucket + 1) % LastReads.BucketCount;
        }
        catch (RedisAwayException)
        {
            LogPutOff(Logger);
        }

        return LookEvery;
    }

    [LoggerMessage(LogLevel.Debug, "Redis cannot be asked now whose timelines nobody has read")]
    private static partial void LogPutOff(ILogger logger);

    [LoggerMessage(LogLevel.Debug, "{Count} home timelines that nobody has read for long are gone")]
    private static partial void LogDropped(ILogger logger, int count);
}
