using System.Diagnostics.Metrics;

namespace Microblog.FollowGraph;

/// <summary>Every number this service reports, one method per business event.</summary>
internal sealed class FollowGraphMetrics
{
    private static readonly Meter Meter = new("Microblog.FollowGraph");

    private readonly Histogram<int> _readersPerPost = Meter.CreateHistogram<int>(
        "microblog.follow_graph.audience", "{reader}", "Followers a post goes to.");

    private readonly Counter<long> _restoredSnapshots = Meter.CreateCounter<long>(
        "microblog.follow_graph.snapshots_restored", "{snapshot}", "Relation snapshots restored.");

    private readonly Histogram<int> _relationsPerSnapshot = Meter.CreateHistogram<int>(
        "microblog.follow_graph.snapshot.relations", "{relation}", "Relations in a restored snapshot.");

    public void AudienceExpanded(int readerCount) => _readersPerPost.Record(readerCount);

    public void SnapshotRestored(int relationCount)
    {
        _restoredSnapshots.Add(1);
        _relationsPerSnapshot.Record(relationCount);
    }
}
