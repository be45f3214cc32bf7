using System.Diagnostics;

namespace Microblog.ServiceDefaults.Standby;

/// <summary>
/// Spares callers the deadline of a part that is away: after a failure nobody asks it but one probe now and then, until
/// anything succeeds.
/// </summary>
/// <param name="firstProbeAfter">From the failure to the first probe.</param>
/// <param name="probeEvery">From one probe to the next.</param>
internal sealed class Breaker(TimeSpan firstProbeAfter, TimeSpan probeEvery)
{
    private const long Closed = 0;

    private readonly long _firstProbeAfter = Ticks(firstProbeAfter);
    private readonly long _probeEvery = Ticks(probeEvery);
    private long _nextProbeAt = Closed;

    public bool IsOpen => Volatile.Read(ref _nextProbeAt) != Closed;

    /// <summary>Whether the caller may ask the part. While open, true makes the caller the probe.</summary>
    public bool LetsThrough()
    {
        var next = Volatile.Read(ref _nextProbeAt);
        if (next == Closed)
            return true;

        var now = Stopwatch.GetTimestamp();
        return now >= next && Interlocked.CompareExchange(ref _nextProbeAt, now + _probeEvery, next) == next;
    }

    /// <summary>Opens; a failure while it is open changes nothing.</summary>
    public void Failed() => Interlocked.CompareExchange(
        ref _nextProbeAt,
        Stopwatch.GetTimestamp() + _firstProbeAfter,
        Closed);

    public void Succeeded()
    {
        if (IsOpen)
            Volatile.Write(ref _nextProbeAt, Closed);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
