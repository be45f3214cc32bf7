using System.Diagnostics.Metrics;

namespace Microblog.FanOut;

/// <summary>Every number this service reports, one method per business event.</summary>
internal sealed class FanOutMetrics
{
    private static readonly Meter Meter = new("Microblog.FanOut");

    private readonly Counter<long> _deliveries = Meter.CreateCounter<long>(
        "microblog.fan_out.deliveries", "{id}", "Post ids written into timelines that exist.");

    private readonly Counter<long> _skipped = Meter.CreateCounter<long>(
        "microblog.fan_out.deliveries_skipped", "{id}", "Post ids for timelines that nobody has read lately.");

    private readonly Counter<long> _trims = Meter.CreateCounter<long>(
        "microblog.fan_out.trims", "{timeline}", "Timelines cut back to their cap.");

    private readonly Histogram<int> _commandsPerBatch = Meter.CreateHistogram<int>(
        "microblog.fan_out.batch.commands", "{command}", "AppendToTimelines commands written together.");

    private readonly Histogram<double> _idsPerPush = Meter.CreateHistogram<double>(
        "microblog.fan_out.batch.ids_per_push", "{id}", "Mean post ids per RPUSHX of a batch: what merging saves.");

    private readonly Histogram<double> _lag = Meter.CreateHistogram<double>(
        "microblog.fan_out.lag", "s", "Time from a post's id to its place in the timelines of one command.");

    private readonly Counter<long> _merges = Meter.CreateCounter<long>(
        "microblog.fan_out.merges", "{timeline}", "Follows whose author was merged into the follower's timeline.");

    private readonly Counter<long> _removals = Meter.CreateCounter<long>(
        "microblog.fan_out.removals", "{timeline}", "Timelines out of which an author was taken.");

    public void BatchWritten(int commandCount) => _commandsPerBatch.Record(commandCount);

    public void Pushed(int pushCount, long deliveredCount, long skippedCount)
    {
        _deliveries.Add(deliveredCount);
        _skipped.Add(skippedCount);
        if (pushCount > 0)
            _idsPerPush.Record((double)(deliveredCount + skippedCount) / pushCount);
    }

    public void Trimmed(int timelineCount) => _trims.Add(timelineCount);

    public void PostDelivered(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    public void FolloweeMerged() => _merges.Add(1);

    public void AuthorRemoved() => _removals.Add(1);
}
