using System.Diagnostics.Metrics;

namespace Microblog.Ingest;

/// <summary>Every number this service reports, one method per business event.</summary>
internal sealed class IngestMetrics
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Microblog.Ingest");
        _accepted = meter.CreateCounter<long>(
            "microblog.ingest.accepted", description: "Writes that are durable, by message.");
        _failures = meter.CreateCounter<long>(
            "microblog.ingest.publish.failures", description: "Writes not confirmed in time, by message.");
        _duration = meter.CreateHistogram<double>(
            "microblog.ingest.publish.duration", "s", "Time until the broker confirmed a write.");
    }

    public void Accepted(string message, TimeSpan duration)
    {
        _accepted.Add(1, new KeyValuePair<string, object?>("message", message));
        _duration.Record(duration.TotalSeconds);
    }

    public void PublishFailed(string message) =>
        _failures.Add(1, new KeyValuePair<string, object?>("message", message));
}
