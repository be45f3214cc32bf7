using System.Globalization;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Limits;

/// <summary>What must hold for a rate to count as kept up with.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Terms">Every one must hold.</param>
public sealed record Objective(string Text, IReadOnlyList<ObjectiveTerm> Terms)
{
    public const string Default = "lag.p99<=1000 read.p99<=50 errors<=0.1 achieved>=98 drain<=5";

    /// <param name="text">
    /// Terms with blanks between, each <c>read|page|post|favourite|lag.pNN&lt;=milliseconds</c>,
    /// <c>errors&lt;=percent</c>, <c>achieved&gt;=percent</c> or <c>drain&lt;=seconds</c>.
    /// </param>
    public static Objective Parse(string text) =>
        new(text, [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ObjectiveTerm.Parse)]);

    /// <summary>The terms that do not hold, with what was measured instead.</summary>
    public IReadOnlyList<string> Missed(LoadReport report) =>
    [
        .. Terms.Select(term => (Term: term, Value: Measured(term, report)))
            .Where(measured => !measured.Term.Holds(measured.Value))
            .Select(measured => string.Create(
                CultureInfo.InvariantCulture, $"{measured.Term.Text} ({measured.Value:0.##})")),
    ];

    private static double Measured(ObjectiveTerm term, LoadReport report) => term.Subject switch
    {
        "errors" => 100.0 * report.Failed / Math.Max(1, report.Offered),
        "achieved" => 100.0 * report.Done / Math.Max(1, report.Offered),
        "drain" => report.DrainSeconds,
        "lag" => Percentile(report.Lag.Last, term.Quantile),
        _ => report.Operations.TryGetValue(term.Subject, out var operation)
            ? Percentile(operation.Latency, term.Quantile)
            : 0,
    };

    private static double Percentile(HistogramSnapshot snapshot, double quantile)
    {
        var histogram = new Histogram();
        histogram.Add(snapshot);
        return histogram.Count == 0 ? 0 : histogram.Milliseconds(quantile);
    }
}
