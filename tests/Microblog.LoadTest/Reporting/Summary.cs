using System.Globalization;
using System.Text;
using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest.Reporting;

/// <summary>What a run showed, on one screen of text.</summary>
public static class Summary
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Of(LoadReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(
            Culture,
            $"{report.World.People:#,0} people, {report.World.Follows:#,0} follows, {report.Seconds:0.0} s:");
        text.AppendLine(
            Culture,
            $"{report.Offered:#,0} operations offered, {report.Done:#,0} done, {report.Failed:#,0} failed");
        text.AppendLine(
            Culture,
            $"{report.Done / report.Seconds:0.0} operations/s, {report.DeliveriesPerSecond:#,0} deliveries/s");
        text.AppendLine(Culture, $"Until the queues were empty: {report.DrainSeconds:0.0} s after the load");
        text.AppendLine();
        text.AppendLine(Culture, $"{"ms",-16}{"count",10}{"p50",9}{"p99",9}{"p99.9",9}{"max",9}  errors");
        foreach (var (name, operation) in report.Operations)
            Row(text, name, operation.Latency, Errors(operation.Errors));
        Row(text, "lag, first", report.Lag.First, "");
        Row(text, "lag, last", report.Lag.Last, report.Lag.Unseen > 0 ? $"{report.Lag.Unseen} unseen" : "");
        Row(text, "… after answer", report.Lag.AfterAnswer, "");
        text.AppendLine();
        var check = report.Check;
        text.AppendLine(check.Readers == 0
            ? "No timelines were checked."
            : string.Create(
                Culture,
                $"{check.Readers} sampled readers: {check.Expected:#,0} posts expected, {check.Missing} missing, "
                + $"{check.Doubled} doubled, {check.Disordered} out of order ({check.Late} came late)"));
        if (report.GivenUpMessages > 0)
            text.AppendLine(Culture, $"{report.GivenUpMessages} messages were given up by consumers");
        if (Cores(report) is { Length: > 0 } cores)
            text.AppendLine(Culture, $"cores kept busy: {cores}");
        foreach (var example in check.Examples.Concat(report.Notes))
            text.AppendLine(Culture, $"  {example}");
        return text.ToString();
    }

    private static string Cores(LoadReport report) => string.Join(
        ", ",
        report.Moments.SelectMany(moment => moment.Cpu)
            .GroupBy(part => part.Key)
            .Select(part => (part.Key, Mean: part.Sum(value => value.Value) / report.Moments.Count))
            .OrderByDescending(part => part.Mean)
            .Select(part => string.Create(Culture, $"{part.Key} {part.Mean:0.00}")));

    private static void Row(StringBuilder text, string name, HistogramSnapshot snapshot, string errors)
    {
        var histogram = new Histogram();
        histogram.Add(snapshot);
        double At(double quantile) => histogram.Milliseconds(quantile);
        text.AppendLine(
            Culture,
            $"{name,-16}{histogram.Count,10:#,0}{At(.5),9:0.0}{At(.99),9:0.0}{At(.999),9:0.0}{At(1),9:0.0}  {errors}");
    }

    private static string Errors(IReadOnlyDictionary<string, long> errors) => string.Join(
        ", ",
        errors.OrderByDescending(error => error.Value)
            .Select(error => string.Create(Culture, $"{error.Value} {error.Key}")));
}
