using Microblog.Keyspaces;

namespace Microblog.Timeline.Storage;

/// <summary>What a list in Redis says; see <see cref="TimelineLists"/>.</summary>
/// <param name="Head">The entry at the head of the list; null when the list does not exist.</param>
/// <param name="Ids">Post ids, descending, each once.</param>
/// <param name="IsWhole">False when only the tail was read.</param>
internal sealed record ListedIds(long? Head, IReadOnlyList<long> Ids, bool IsWhole)
{
    public static readonly ListedIds Missing = new(Head: null, [], IsWhole: true);

    /// <summary>Nothing older than the list exists.</summary>
    public bool IsComplete => IsWhole && Head == TimelineLists.Complete;

    /// <summary>The list does not exist, or holds only what arrived since a rebuild began.</summary>
    public bool NeedsRebuild => IsUnfinished(Head);

    /// <param name="head">The entry at the head of a list; null when it does not exist.</param>
    public static bool IsUnfinished(long? head) => head is null or TimelineLists.Unfinished;

    /// <summary>
    /// From this id on the list holds every id there is. Ids arrive a little out of order, so what was trimmed may be newer
    /// than what stands at the head: the oldest <see cref="TimelineLists.ReadMargin"/> entries prove nothing.
    /// </summary>
    public long Floor => NeedsRebuild || (Ids.Count == 0 && !IsComplete) ? long.MaxValue
        : IsComplete ? long.MinValue
        : Ids[^Math.Min(TimelineLists.ReadMargin + 1, Ids.Count)];

    /// <param name="entries">As Redis returned them, oldest first.</param>
    public static ListedIds Of(long? head, IEnumerable<long> entries, bool isWhole) => new(
        head,
        [
            .. entries.Where(entry => entry is not (TimelineLists.Complete or TimelineLists.Unfinished))
                .Distinct()
                .OrderDescending(),
        ],
        isWhole);
}
