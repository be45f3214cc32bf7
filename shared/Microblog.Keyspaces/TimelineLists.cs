namespace Microblog.Keyspaces;

/// <summary>
/// What all lists of post ids in Redis have in common. New ids are appended with <c>RPUSHX</c>, so only into lists that
/// exist. The entry at the head says how far the list can be trusted: <see cref="Unfinished"/>, somebody is
/// rebuilding it and it holds only what arrived since; <see cref="Complete"/>, there is nothing older than the list;
/// a post id, older posts are in Postgres.
/// </summary>
public static class TimelineLists
{
    /// <summary>Entries a list keeps.</summary>
    public const int EntriesMax = 800;

    /// <summary>
    /// A list is trimmed when a push leaves it longer than <see cref="EntriesMax"/> by more than this: in one
    /// of 128 pushes, because it costs as much as ten of them.
    /// </summary>
    public const int TrimMargin = 127;

    /// <summary>
    /// Ids a read takes beyond the page: delivery may repeat or disorder ids near the tail. Room for
    /// <see cref="TimelineInsert.DisorderMax"/> that stand behind a newer one, and for 20 that are in work at the same
    /// time. Each costs every read a tenth of a microsecond (decision 0025).
    /// </summary>
    public const int ReadMargin = 28;

    /// <summary>
    /// At the head: nothing older exists. It also keeps an empty timeline in being; Redis has no empty lists.
    /// </summary>
    public const long Complete = 0;

    /// <summary>At the head: a rebuild is under way or broke off. What is older must be read from Postgres.</summary>
    public const long Unfinished = -1;

    /// <summary>A list that nobody reads for so long is dropped; the next read rebuilds it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Whether somebody is rebuilding the list, or has to.</summary>
    /// <param name="head">The entry at the head; null when there is no list.</param>
    public static bool IsUnfinished(long? head) => head is null or Unfinished;

    /// <summary>From the id that this yields on, the list holds every id there is.</summary>
    /// <param name="head">The entry at the head; null when there is no list.</param>
    /// <param name="arrived">Post ids as they stand in the list, without marks and repetitions.</param>
    /// <param name="sorted">The same, ascending.</param>
    /// <param name="isWhole">False when <paramref name="arrived"/> is only the tail.</param>
    /// <remarks>
    /// Ids arrive a little out of order: behind one may stand as many older ones as <see cref="ReadMargin"/>. So what
    /// was trimmed, or not read, may be newer than as many of the smallest here, and these prove nothing; nor does
    /// anything up to an id that stands further from its place.
    /// </remarks>
    public static long FloorOf(long? head, ReadOnlySpan<long> arrived, ReadOnlySpan<long> sorted, bool isWhole)
    {
        if (IsUnfinished(head))
            return long.MaxValue;
        if (isWhole && head == Complete)
            return long.MinValue;
        if (arrived.IsEmpty)
            return long.MaxValue;

        var proven = sorted[Math.Min(ReadMargin, sorted.Length - 1)];
        // All stand in their places.
        if (arrived == sorted)
            return proven;
        for (var i = 0; i < arrived.Length - ReadMargin; i++)
        {
            if (arrived[i] > proven && sorted.BinarySearch(arrived[i]) - i > ReadMargin)
                proven = arrived[i];
        }

        return proven;
    }
}
