namespace Microblog.LoadTest.Checking;

/// <summary>Holds a stretch of a timeline against what must be in it.</summary>
public static class TimelineCheck
{
    /// <summary>Ids that stand in it more than once.</summary>
    public static IReadOnlyList<long> Doubled(IReadOnlyList<long> ids) =>
        [.. ids.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key)];

    /// <summary>Ids that stand below an older one; newest first is right, equal ones are merely doubled.</summary>
    public static IReadOnlyList<long> Disordered(IReadOnlyList<long> ids) =>
        [.. ids.Zip(ids.Skip(1)).Where(pair => pair.Second > pair.First).Select(pair => pair.Second)];

    /// <summary>What must be in the stretch and is not.</summary>
    /// <param name="ids">Newest first.</param>
    /// <param name="isWhole">Whether the timeline ends with the stretch; else it reaches down to its last id.</param>
    public static IReadOnlyList<long> Missing(
        IReadOnlyCollection<long> ids, bool isWhole, IEnumerable<long> expected)
    {
        var known = ids.ToHashSet();
        var oldest = isWhole || known.Count == 0 ? 0 : known.Min();
        return [.. expected.Where(id => id >= oldest && !known.Contains(id))];
    }
}
