using Microblog.LoadTest.Checking;
using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest.Reporting;

/// <summary>
/// Makes one report of those of all shards of a run. Histograms and counts are added. Percentiles of a second are not
/// averaged: the highest of any shard is kept. What was seen of the machine and the engines is taken from the first.
/// </summary>
public static class ReportMerge
{
    public static LoadReport Merge(IReadOnlyList<LoadReport> shards)
    {
        var first = shards[0];
        if (shards.Any(shard => shard.World.Spec != first.World.Spec || shard.Traffic.Rate != first.Traffic.Rate))
            throw new CommandLineException("The reports are of different worlds or rates.");
        if (shards.DistinctBy(shard => shard.Traffic.Shard).Count() != shards.Count)
            throw new CommandLineException("Two reports are of the same shard.");
        return first with
        {
            StartedAt = shards.Min(shard => shard.StartedAt),
            Seconds = shards.Max(shard => shard.Seconds),
            Offered = shards.Sum(shard => shard.Offered),
            Done = shards.Sum(shard => shard.Done),
            Failed = shards.Sum(shard => shard.Failed),
            Operations = shards.SelectMany(shard => shard.Operations)
                .GroupBy(operation => operation.Key)
                .ToDictionary(same => same.Key, same => Merge([.. same.Select(operation => operation.Value)])),
            Lag = new(
                Merge(shards.Select(shard => shard.Lag.First)),
                Merge(shards.Select(shard => shard.Lag.Last)),
                Merge(shards.Select(shard => shard.Lag.AfterAnswer)),
                shards.Sum(shard => shard.Lag.Unseen)),
            Deliveries = shards.Sum(shard => shard.Deliveries),
            DrainSeconds = shards.Max(shard => shard.DrainSeconds),
            Check = CheckResult.Sum([.. shards.Select(shard => shard.Check)]),
            Moments =
            [
                .. shards.SelectMany(shard => shard.Moments)
                    .GroupBy(moment => moment.Second)
                    .OrderBy(same => same.Key)
                    .Select(same => Merge([.. same])),
            ],
            Notes =
            [
                .. shards.SelectMany(shard => shard.Notes).Distinct(),
                $"Merged from {shards.Count} of {first.Traffic.Shards} shards.",
            ],
        };
    }

    private static OperationResult Merge(IReadOnlyList<OperationResult> same) => new(
        same.Sum(operation => operation.Done),
        Merge(same.Select(operation => operation.Latency)),
        same.SelectMany(operation => operation.Errors)
            .GroupBy(error => error.Key)
            .ToDictionary(kind => kind.Key, kind => kind.Sum(error => error.Value)));

    private static HistogramSnapshot Merge(IEnumerable<HistogramSnapshot> snapshots)
    {
        var merged = new Histogram();
        foreach (var snapshot in snapshots)
            merged.Add(snapshot);
        return merged.Snapshot();
    }

    private static Moment Merge(IReadOnlyList<Moment> same) => same[0] with
    {
        Offered = same.Sum(moment => moment.Offered),
        Done = same.Sum(moment => moment.Done),
        Failed = same.Sum(moment => moment.Failed),
        Posts = same.Sum(moment => moment.Posts),
        Reads = same.Sum(moment => moment.Reads),
        Marks = same.Sum(moment => moment.Marks),
        Deliveries = same.Sum(moment => moment.Deliveries),
        ReadP50 = same.Max(moment => moment.ReadP50),
        ReadP99 = same.Max(moment => moment.ReadP99),
        PostP50 = same.Max(moment => moment.PostP50),
        PostP99 = same.Max(moment => moment.PostP99),
        LagP50 = same.Max(moment => moment.LagP50),
        LagP99 = same.Max(moment => moment.LagP99),
    };
}
