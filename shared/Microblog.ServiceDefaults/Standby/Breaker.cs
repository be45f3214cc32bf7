using System.Diagnostics;

namespace Microblog.ServiceDefaults.Standby;

/// <summary>
/// Spares callers the deadline of a part that is away: after a failure nobody asks it but one probe now and then, until
/// anything succeeds.
/// </summary>
/// <param name="firstProbeAfter">From the failure to the first probe.</param>
/// <param name="probeEvery">From a probe, or its failure, to the next one.</param>
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

    /// <summary>
    /// Opens. A failure while it is open, of a probe or of a call that was under way, puts the next probe off: whoever
    /// was the probe once must not be the next one as well.
    /// </summary>
    public void Failed()
    {
        var now = Stopwatch.GetTimestamp();
        if (Interlocked.CompareExchange(ref _nextProbeAt, now + _firstProbeAfter, Closed) != Closed)
            Volatile.Write(ref _nextProbeAt, now + _probeEvery);
    }

    public void Succeeded()
    {
        if (IsOpen)
            Volatile.Write(ref _nextProbeAt, Closed);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
