using System.Globalization;
using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest.Reporting;

/// <summary>The plots of a report.</summary>
public static class ReportPlots
{
    private static readonly double[] Quantiles = [0, .5, .75, .9, .95, .99, .995, .999, .9995, .9999, .99999];

    /// <summary>Seconds below which a moment, as the last one is, says more of chance than of the system.</summary>
    private const double LengthMin = 0.5;

    public static IReadOnlyList<Plot> Of(LoadReport report) => OfWholeMoments(
        report with { Moments = [.. report.Moments.Where(moment => moment.Length >= LengthMin)] });

    private static IReadOnlyList<Plot> OfWholeMoments(LoadReport report) =>
    [
        Throughput(report),
        new(
            "Latency of each second",
            "seconds",
            "ms",
            [
                Over(report, "read p50", moment => moment.ReadP50),
                Over(report, "read p99", moment => moment.ReadP99),
                Over(report, "post p50", moment => moment.PostP50),
                Over(report, "post p99", moment => moment.PostP99),
            ],
            IsLogarithmic: true),
        ByPercentile(
            "Latency by percentile, from the intended time",
            [.. report.Operations.Select(operation => (operation.Key, operation.Value.Latency))]),
        ByPercentile(
            "Lag by percentile: from the intended time of a post until a follower can read it",
            [
                ("first follower", report.Lag.First),
                ("last follower", report.Lag.Last),
                ("last follower, after the answer", report.Lag.AfterAnswer),
            ]),
        new(
            "Lag of each second, to the last follower",
            "seconds",
            "ms",
            [Over(report, "p50", moment => moment.LagP50), Over(report, "p99", moment => moment.LagP99)],
            IsLogarithmic: true),
        new("Deliveries", "seconds", "per second", [
            Over(report, "deliveries", moment => moment.Deliveries / moment.Length),
        ]),
        new("Messages that wait", "seconds", "messages", [Over(report, "all queues", moment => moment.Queued)]),
        new("CPU of each process", "seconds", "cores", Parts(report, moment => moment.Cpu)),
        new(
            "Memory of each process",
            "seconds",
            "MiB",
            Parts(report, moment => moment.Memory.ToDictionary(part => part.Key, part => part.Value / 1048576.0))),
    ];

    private static Plot Throughput(LoadReport report) => report.Limit is { } limit
        ? new(
            "Throughput against offered load",
            "offered per second",
            "per second",
            [
                new(
                    "done",
                    [.. limit.Steps.OrderBy(step => step.Rate).Select(step => (step.Rate, step.Done))],
                    HasDots: true),
                new("offered", [.. limit.Steps.Select(step => step.Rate).Order().Select(rate => (rate, rate))]),
            ])
        : new(
            "Throughput against offered load",
            "seconds",
            "operations per second",
            [
                Over(report, "offered", moment => moment.Offered / moment.Length),
                Over(report, "done", moment => moment.Done / moment.Length),
                Over(report, "failed", moment => moment.Failed / moment.Length),
            ]);

    // The horizontal axis counts nines: each step to the right is ten times as rare.
    private static Plot ByPercentile(string title, (string Name, HistogramSnapshot Latency)[] lines) => new(
        title,
        "percentile",
        "ms",
        [.. lines.Select(line => new Series(line.Name, Percentiles(line.Latency)))],
        IsLogarithmic: true,
        [.. new[] { 0, .5, .9, .99, .999, .9999 }.Select(quantile => (Rarity(quantile), Percent(quantile)))]);

    private static (double X, double Y)[] Percentiles(HistogramSnapshot snapshot)
    {
        var histogram = new Histogram();
        histogram.Add(snapshot);
        var count = histogram.Count;
        // A quantile that would need more values than there are says nothing.
        return
        [
            .. Quantiles.Where(quantile => (1 - quantile) * count >= 1)
                .Select(quantile => (Rarity(quantile), histogram.Milliseconds(quantile))),
        ];
    }

    private static double Rarity(double quantile) => -Math.Log10(1 - quantile);

    private static string Percent(double quantile) =>
        (quantile * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static Series Over(LoadReport report, string name, Func<Moment, double?> value) => new(
        name,
        [
            .. report.Moments
                .Select(moment => (X: (double)moment.Second, Y: value(moment)))
                .Where(point => point.Y is not null)
                .Select(point => (point.X, point.Y.GetValueOrDefault())),
        ]);

    private static Series[] Parts(LoadReport report, Func<Moment, IReadOnlyDictionary<string, double>> values) =>
    [
        .. report.Moments
            .SelectMany(moment => values(moment).Select(part => (part.Key, moment.Second, part.Value)))
            .GroupBy(value => value.Key)
            .OrderByDescending(part => part.Sum(value => value.Value))
            .Select(part => new Series(part.Key, [.. part.Select(value => ((double)value.Second, value.Value))])),
    ];
}
