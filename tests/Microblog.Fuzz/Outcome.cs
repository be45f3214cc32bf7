namespace Microblog.Fuzz;

/// <summary>What came of a run.</summary>
/// <param name="Statuses">How many answers had which status.</param>
/// <param name="Untouched">Operations that never answered with a success, whatever was sent.</param>
public sealed record Outcome(
    int Requests,
    TimeSpan Took,
    IReadOnlyDictionary<int, int> Statuses,
    IReadOnlyList<TimeSpan> Times,
    IReadOnlyList<Complaint> Complaints,
    IReadOnlyDictionary<string, double> MemoryBefore,
    IReadOnlyDictionary<string, double> MemoryAfter,
    IReadOnlyList<Operation> Untouched)
{
    /// <summary>Megabytes that any one process may have more at the end than after the first tenth.</summary>
    public const double GrowthMax = 250;

    /// <summary>Parts that took more memory than they should: name and megabytes.</summary>
    public IReadOnlyList<string> Grown =>
    [
        .. from part in MemoryAfter
           let growth = part.Value - MemoryBefore.GetValueOrDefault(part.Key, part.Value)
           where growth > GrowthMax
           select $"{part.Key} grew by {growth:0} MB",
    ];

    /// <param name="share">1 for the slowest, 0.5 for the median.</param>
    public TimeSpan Percentile(double share) =>
        Times.Count == 0 ? TimeSpan.Zero : Times[(int)Math.Ceiling(share * Times.Count) - 1];
}
