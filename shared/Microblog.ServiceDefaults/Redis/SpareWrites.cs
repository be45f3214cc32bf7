using System.Diagnostics.Metrics;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// Writes that spare the next reader a question to the owner, and that he repeats when they are missing: an answer must
/// not wait or fail for them.
/// </summary>
public static class SpareWrites
{
    private static readonly Meter Meter = new(RedisGateway.Telemetry);
    private static readonly Counter<long> LeftOut = Meter.CreateCounter<long>(
        "microblog.redis.writes_left_out", description: "Snapshots not written because Redis was away.");

    /// <summary>False when Redis is away and the write was left out.</summary>
    public static async Task<bool> Try(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RedisAwayException)
        {
            LeftOut.Add(1);
            return false;
        }
    }
}
