using System.Diagnostics.Metrics;

namespace Microblog.Timeline;

/// <summary>Every number this service reports, one method per business event.</summary>
internal sealed class TimelineMetrics : IDisposable
{
    private readonly Meter _meter = new("Microblog.Timeline");
    private readonly Counter<long> _postsStored;
    private readonly Histogram<double> _storeDelay;
    private readonly Counter<long> _postsRetracted;
    private readonly Counter<long> _postsDeleted;
    private readonly Counter<long> _timelinesRebuilt;
    private readonly Counter<long> _timelinesPulled;
    private readonly Counter<long> _timelinesDropped;
    private readonly Counter<long> _pagesWarm;
    private readonly Counter<long> _pagesContinued;
    private readonly Counter<long> _pagesCutShort;
    private readonly Counter<long> _notificationsAdded;
    private readonly Counter<long> _snapshotsPutOff;

    public TimelineMetrics()
    {
        _postsStored = _meter.CreateCounter<long>("microblog.timeline.posts_stored");
        _storeDelay = _meter.CreateHistogram<double>(
            "microblog.timeline.store_delay", "s", "From a post's id to its commit in Postgres.");
        _postsRetracted = _meter.CreateCounter<long>("microblog.timeline.posts_retracted");
        _postsDeleted = _meter.CreateCounter<long>("microblog.timeline.posts_deleted");
        _timelinesRebuilt = _meter.CreateCounter<long>("microblog.timeline.timelines_rebuilt");
        _timelinesPulled = _meter.CreateCounter<long>(
            "microblog.timeline.timelines_pulled",
            description: "Timelines and notifications read from Postgres because Redis was away.");
        _timelinesDropped = _meter.CreateCounter<long>(
            "microblog.timeline.timelines_dropped",
            description: "Home timelines dropped because their readers have not looked for a month.");
        _snapshotsPutOff = _meter.CreateCounter<long>(
            "microblog.timeline.snapshots_put_off",
            description: "Posts that were stored while Redis was away, and of which it is told afterwards.");
        _pagesWarm = _meter.CreateCounter<long>(
            "microblog.timeline.pages_warm", description: "Home timelines of posts that the process knew.");
        _pagesContinued = _meter.CreateCounter<long>(
            "microblog.timeline.pages_refilled", description: "Rounds beyond the first that a page took.");
        _pagesCutShort = _meter.CreateCounter<long>(
            "microblog.timeline.pages_cut_short", description: "Pages that ended early because a part was away.");
        _notificationsAdded = _meter.CreateCounter<long>("microblog.timeline.notifications_added");
    }

    public void PostsStored(int count, TimeSpan oldest)
    {
        _postsStored.Add(count);
        _storeDelay.Record(oldest.TotalSeconds);
    }

    public void PostRetracted() => _postsRetracted.Add(1);

    public void PostsDeleted(int count) => _postsDeleted.Add(count);

    public void TimelineRebuilt(bool isFinished) =>
        _timelinesRebuilt.Add(1, new KeyValuePair<string, object?>("finished", isFinished));

    public void TimelinePulled() => _timelinesPulled.Add(1);

    public void TimelinesDropped(int count) => _timelinesDropped.Add(count);

    public void SnapshotsPutOff(int count) => _snapshotsPutOff.Add(count);

    public void PageWarm() => _pagesWarm.Add(1);

    public void PageRefilled() => _pagesContinued.Add(1);

    public void PageCutShort() => _pagesCutShort.Add(1);

    public void NotificationsAdded(int count) => _notificationsAdded.Add(count);

    public void Dispose() => _meter.Dispose();
}
