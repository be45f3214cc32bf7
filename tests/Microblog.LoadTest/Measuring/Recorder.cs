using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Measuring;

/// <summary>Everything that is counted while a run lasts: over all of it, and second by second.</summary>
public sealed class Recorder
{
    private OperationCounts[] _operations = Fresh();
    private Interval _interval = new();
    private long _offered;
    private long _deliveries;
    private long _unseen;
    private long _events;

    public OperationCounts this[Operation operation] => _operations[(int)operation];

    /// <summary>From the intended time of a POST until its first follower, as they are paged, can read it.</summary>
    public Histogram LagFirst { get; private set; } = new();

    public Histogram LagLast { get; private set; } = new();

    /// <summary>From the answer to the POST until its last follower can read it.</summary>
    public Histogram LagAfterAnswer { get; private set; } = new();

    /// <summary>Posts that were watched and had not reached their last follower when watching was given up.</summary>
    public long Unseen => Interlocked.Read(ref _unseen);

    public long Deliveries => Interlocked.Read(ref _deliveries);

    /// <summary>Events that came over streams.</summary>
    public long Events => Interlocked.Read(ref _events);

    public long Offered => Interlocked.Read(ref _offered);

    public void Offer()
    {
        Interlocked.Increment(ref _offered);
        _interval.Offer();
    }

    public void Deliver(int audience)
    {
        Interlocked.Add(ref _deliveries, audience);
        _interval.Deliver(audience);
    }

    /// <param name="error">Null when it was answered well.</param>
    public void Record(Operation operation, TimeSpan latency, string? error)
    {
        this[operation].Record(latency, error);
        _interval.Record(operation, latency, error);
    }

    public void RecordLagFirst(TimeSpan lag) => LagFirst.Record(lag);

    public void RecordLagLast(TimeSpan lag, TimeSpan afterAnswer)
    {
        LagLast.Record(lag);
        LagAfterAnswer.Record(afterAnswer);
        _interval.Lag.Record(lag);
    }

    public void RecordUnseen() => Interlocked.Increment(ref _unseen);

    public void RecordEvent() => Interlocked.Increment(ref _events);

    /// <summary>What happened since the last call.</summary>
    public Interval Turn() => Interlocked.Exchange(ref _interval, new());

    /// <summary>Begins anew, as after a warm-up. To be called while nothing is under way.</summary>
    public void Forget()
    {
        _operations = Fresh();
        (LagFirst, LagLast, LagAfterAnswer) = (new(), new(), new());
        (_offered, _deliveries, _unseen, _events) = (0, 0, 0, 0);
        Turn();
    }

    private static OperationCounts[] Fresh() =>
        [.. Enum.GetValues<Operation>().Select(_ => new OperationCounts())];
}
