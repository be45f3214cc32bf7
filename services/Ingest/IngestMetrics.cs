using System.Diagnostics.Metrics;

namespace Microblog.Ingest;

/// <summary>Every number this service reports, one method per business event.</summary>
internal sealed class IngestMetrics
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _spooled;
    private readonly Counter<long> _drained;
    private readonly Counter<long> _setAside;
    private long _spoolLength;
    private double _spoolAge;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Microblog.Ingest");
        _accepted = meter.CreateCounter<long>(
            "microblog.ingest.accepted", description: "Writes that are durable, by message.");
        _failures = meter.CreateCounter<long>(
            "microblog.ingest.publish.failures", description: "Writes not confirmed in time, by message.");
        _duration = meter.CreateHistogram<double>(
            "microblog.ingest.publish.duration", "s", "Time until the broker confirmed a write.");
        _spooled = meter.CreateCounter<long>(
            "microblog.ingest.spooled", description: "Writes kept in the spool, by message.");
        _drained = meter.CreateCounter<long>(
            "microblog.ingest.spool.drained", description: "Spooled writes that the broker has confirmed.");
        _setAside = meter.CreateCounter<long>(
            "microblog.ingest.spool.set_aside", description: "Spooled writes that nobody can publish.");
        meter.CreateObservableGauge(
            "microblog.ingest.spool.length",
            () => Volatile.Read(ref _spoolLength),
            description: "Writes in the spool.");
        meter.CreateObservableGauge(
            "microblog.ingest.spool.age",
            () => Volatile.Read(ref _spoolAge),
            "s",
            "Age of the oldest write in the spool; 0 when it is empty.");
    }

    public void Published(string message, TimeSpan duration)
    {
        _accepted.Add(1, new KeyValuePair<string, object?>("message", message));
        _duration.Record(duration.TotalSeconds);
    }

    /// <summary>As durable as a published one, and accepted like it.</summary>
    public void Spooled(string message)
    {
        _accepted.Add(1, new KeyValuePair<string, object?>("message", message));
        _spooled.Add(1, new KeyValuePair<string, object?>("message", message));
    }

    public void Drained() => _drained.Add(1);

    public void SetAside() => _setAside.Add(1);

    public void SpoolSeen(long length, TimeSpan age)
    {
        Volatile.Write(ref _spoolLength, length);
        Volatile.Write(ref _spoolAge, age.TotalSeconds);
    }

    public void PublishFailed(string message) =>
        _failures.Add(1, new KeyValuePair<string, object?>("message", message));
}
