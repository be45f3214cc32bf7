namespace Microblog.LoadTest.Measuring;

/// <summary>A histogram as it stands in a report: steps that hold something, and how much.</summary>
public sealed record HistogramSnapshot(
    IReadOnlyList<int> Indexes,
    IReadOnlyList<long> Counts,
    long SumMicroseconds,
    long MaxMicroseconds);
