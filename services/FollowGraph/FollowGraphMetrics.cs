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

    private readonly Counter<long> _readWithoutPostgres = Meter.CreateCounter<long>(
        "microblog.follow_graph.audiences_without_postgres",
        "{audience}",
        "Audiences read while Postgres was away; at_hand says whether the followers were.");

    public void AudienceReadWithoutPostgres(bool isAtHand) =>
        _readWithoutPostgres.Add(1, new KeyValuePair<string, object?>("at_hand", isAtHand));

    public void AudienceExpanded(int readerCount) => _readersPerPost.Record(readerCount);

    public void SnapshotRestored(int relationCount)
    {
        _restoredSnapshots.Add(1);
        _relationsPerSnapshot.Record(relationCount);
    }
}
