using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest.Reporting;

/// <summary>One kind of operation over a whole run.</summary>
/// <param name="Latency">From the intended time to the answer, of those that were answered well.</param>
/// <param name="Errors">How many were not, by kind.</param>
public sealed record OperationResult(long Done, HistogramSnapshot Latency, IReadOnlyDictionary<string, long> Errors)
{
    public static OperationResult Of(OperationCounts counts) =>
        new(counts.Done, counts.Latency.Snapshot(), new Dictionary<string, long>(counts.Errors));
}
