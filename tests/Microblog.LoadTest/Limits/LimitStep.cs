using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Limits;

/// <summary>One rate that was tried. Times are milliseconds.</summary>
/// <param name="Rate">Operations per second that were offered.</param>
/// <param name="Done">Operations per second that were answered well.</param>
/// <param name="Concurrency">Requests under way on average: their rate times their mean latency.</param>
/// <param name="Cores">Kept busy by everything that was measured; null when nothing was.</param>
/// <param name="OtherCores">Kept busy by what has nothing to do with it.</param>
/// <param name="Missed">Terms of the objective that did not hold.</param>
public sealed record LimitStep(
    double Rate,
    double Done,
    double DeliveriesPerSecond,
    double Concurrency,
    double? ReadP99,
    double? LagP99,
    double? Cores,
    double? OtherCores,
    IReadOnlyList<string> Missed)
{
    public bool IsKept => Missed.Count == 0;

    public static LimitStep Of(LoadReport report, Objective objective)
    {
        var latency = report.Operations.Values.Sum(operation => operation.Latency.SumMicroseconds / 1e6);
        var measured = report.Moments.Where(moment => moment.Cpu.Count > 2).ToArray();
        double Cores(Func<string, bool> isMeant) =>
            measured.Average(moment => moment.Cpu.Where(part => isMeant(part.Key)).Sum(part => part.Value));
        return new(
            report.Traffic.Rate,
            report.Done / report.Seconds,
            report.DeliveriesPerSecond,
            latency / report.Seconds,
            report.Operations.TryGetValue("read", out var read) ? P99(read.Latency) : null,
            P99(report.Lag.Last),
            measured.Length > 0 ? Cores(part => part != Processes.Others) : null,
            measured.Length > 0 ? Cores(part => part == Processes.Others) : null,
            objective.Missed(report));
    }

    private static double? P99(HistogramSnapshot snapshot)
    {
        var histogram = new Histogram();
        histogram.Add(snapshot);
        return histogram.Count > 0 ? histogram.Milliseconds(.99) : null;
    }
}
