using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Measuring;

/// <summary>What happened within one second. May be written from many threads.</summary>
public sealed class Interval
{
    private readonly long[] _done = new long[Enum.GetValues<Operation>().Length];
    private long _offered;
    private long _failed;
    private long _deliveries;

    /// <summary>Reads of both kinds.</summary>
    public Histogram Reads { get; } = new();

    /// <summary>Posts and replies.</summary>
    public Histogram Posts { get; } = new();

    /// <summary>To the last follower.</summary>
    public Histogram Lag { get; } = new();

    public long Offered => Interlocked.Read(ref _offered);

    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Timelines into which what was accepted is to be written.</summary>
    public long Deliveries => Interlocked.Read(ref _deliveries);

    public long Done(params ReadOnlySpan<Operation> operations)
    {
        var sum = 0L;
        foreach (var operation in operations)
            sum += Interlocked.Read(ref _done[(int)operation]);
        return sum;
    }

    public void Offer() => Interlocked.Increment(ref _offered);

    public void Deliver(int audience) => Interlocked.Add(ref _deliveries, audience);

    public void Record(Operation operation, TimeSpan latency, string? error)
    {
        if (error is not null)
        {
            Interlocked.Increment(ref _failed);
            return;
        }

        Interlocked.Increment(ref _done[(int)operation]);
        if (operation is Operation.Read or Operation.Page)
            Reads.Record(latency);
        else if (operation is Operation.Post or Operation.Reply)
            Posts.Record(latency);
    }
}
