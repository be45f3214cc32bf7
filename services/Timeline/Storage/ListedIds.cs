using Microblog.Keyspaces;

namespace Microblog.Timeline.Storage;

/// <summary>What a list in Redis says; see <see cref="TimelineLists"/>.</summary>
/// <param name="Head">The entry at the head of the list; null when the list does not exist.</param>
/// <param name="Ids">Post ids, descending, each once.</param>
/// <param name="IsWhole">False when only the tail was read.</param>
/// <param name="Floor">From this id on the list holds every id there is.</param>
internal sealed record ListedIds(long? Head, IReadOnlyList<long> Ids, bool IsWhole, long Floor)
{
    /// <summary>A list that could not be read: everything is to be looked up elsewhere.</summary>
    public static ListedIds Unknown => Of(head: null, entries: [], isWhole: true);

    /// <summary>Nothing older than the list exists.</summary>
    public bool IsComplete => IsWhole && Head == TimelineLists.Complete;

    /// <summary>The list does not exist, or holds only what arrived since a rebuild began.</summary>
    public bool NeedsRebuild => TimelineLists.IsUnfinished(Head);

    /// <param name="entries">As Redis returned them, oldest first.</param>
    public static ListedIds Of(long? head, long[] entries, bool isWhole)
    {
        var arrived = Array.FindAll(
            entries, entry => entry is not (TimelineLists.Complete or TimelineLists.Unfinished));
        var sorted = arrived;
        // Mostly they stand in order, and seeing that takes less than sorting them again.
        if (!IsAscending(arrived))
        {
            arrived = [.. arrived.Distinct()];
            sorted = [.. arrived.Order()];
        }

        var floor = TimelineLists.FloorOf(head, arrived, sorted, isWhole);
        long[] ids = [.. sorted];
        Array.Reverse(ids);
        return new(head, ids, isWhole, floor);
    }

    /// <summary>Each larger than the one before.</summary>
    private static bool IsAscending(long[] ids)
    {
        for (var i = 1; i < ids.Length; i++)
        {
            if (ids[i] <= ids[i - 1])
                return false;
        }

        return true;
    }

    /// <summary>With ids that are known from elsewhere; they prove nothing about the others.</summary>
    public ListedIds Including(IReadOnlyCollection<long> more) =>
        more.All(Ids.Contains) ? this : this with { Ids = [.. Ids.Union(more).OrderDescending()] };
}
