using Microblog.ServiceDefaults.Redis;

namespace Microblog.ServiceDefaults.Ids;

/// <summary>
/// Allocates 64-bit ids that sort by time, <c>unix_ms &lt;&lt; 16 | worker &lt;&lt; 10 | sequence</c>: unique across
/// replicas through the leased worker number, and rising within a process whatever the clock does.
/// </summary>
public sealed class IdSequence(WorkerLease lease, TimeProvider clock)
{
    /// <summary>Ten bits of an id.</summary>
    public const int IdsPerMillisecondMax = 1 << 10;

    private readonly Lock _next = new();
    private long _millisecond;
    private int _sequence;

    /// <summary>The instant at which an id was allocated, to the millisecond.</summary>
    public static DateTimeOffset CreatedAt(long id) => DateTimeOffset.FromUnixTimeMilliseconds(id >> 16);

    /// <summary>An id that nobody else gets.</summary>
    /// <param name="after">An id that this one must be higher than, whoever allocated it.</param>
    /// <exception cref="RedisAwayException">No worker number could be leased since the process started.</exception>
    public long Next(long after = 0)
    {
        var worker = lease.Worker ?? throw new RedisAwayException("No worker number is leased yet.");
        var now = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), (after >> 16) + 1);
        lock (_next)
        {
            // A clock that steps back, or a full millisecond, borrows from the future instead of repeating an id.
            if (now > _millisecond)
                (_millisecond, _sequence) = (now, 0);
            else if (++_sequence == IdsPerMillisecondMax)
                (_millisecond, _sequence) = (_millisecond + 1, 0);

            return (_millisecond << 16) | ((long)worker << 10) | (long)_sequence;
        }
    }
}
