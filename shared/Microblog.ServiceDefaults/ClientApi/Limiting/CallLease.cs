namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>
/// Calls that were counted in Redis beforehand, because the caller comes often and is far from his limit: they pass
/// without asking it.
/// </summary>
/// <param name="taken">The number of the call for which Redis was asked.</param>
/// <param name="last">Up to this one they are counted.</param>
internal sealed class CallLease(long taken, long last)
{
    private const int CallsMax = 32;
    private const int PermitsPerCall = 32;

    private long _taken = taken;

    /// <summary>False when all are taken.</summary>
    public bool TryTake(out long count) => (count = Interlocked.Increment(ref _taken)) <= last;

    /// <summary>
    /// How many calls to count with the next question: one at first, and again from half of the limit on, so that a
    /// process that is not asked again keeps little back.
    /// </summary>
    /// <param name="lease">The last one; null when there was none in this window.</param>
    public static long Calls(CallLease? lease, Limit limit) => lease is null || lease.Last > limit.Permits / 2
        ? 1
        : Math.Clamp(limit.Permits / PermitsPerCall, 1, CallsMax);

    private long Last => last;
}
