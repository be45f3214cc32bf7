using System.Globalization;

namespace Microblog.Outage;

/// <summary>Twice the load that the system can bear, and what it made of it.</summary>
/// <param name="Best">The load under which most was accepted and delivered in a second, offered again just before and
/// just after, whichever went better.</param>
public sealed record OverloadRow(Load Best, Load Twice, IReadOnlyList<Finding> Findings)
{
    /// <summary>What must be left of the best throughput.</summary>
    public const double GoodputMin = 0.9;

    /// <summary>So long after the load has gone everything must be well.</summary>
    public static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(60);

    public double Share => Twice.Goodput / Best.Goodput;

    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var complaints = Findings.Select(finding => finding.ToString()).ToList();
        if (Share < GoodputMin)
            complaints.Add($"Only {Percent(Share)} of the best throughput is left under twice the load.");
        if (Twice.Failed > 0)
            complaints.Add($"{Twice.Failed} were neither accepted nor told to come again: {Kinds(Twice)}.");
        if (Twice.Lack is not null || Twice.Recovery > RecoveryMax)
            complaints.Add($"It did not recover within {RecoveryMax}: {Twice.Lack ?? "it took longer"}.");
        return complaints;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        overload: best     {Line(Best)}
                  twice    {Line(Twice)}
                  {Percent(Share)} of the best throughput, well again {Twice.Recovery.TotalSeconds:0.0} s after the load
        """);

    private static string Line(Load load) => string.Create(
        CultureInfo.InvariantCulture,
        $"{load.Answers.Count / load.Offered.TotalSeconds,6:0} requests/s offered, {load.Goodput,6:0} accepted and "
        + $"delivered, {load.Refused,6} refused, {load.Failed,4} failed, "
        + $"p99 {load.SlowestAccepted.TotalMilliseconds:0} ms");

    // 0 is no answer at all.
    private static string Kinds(Load load) => string.Join(
        ", ",
        load.Answers.Where(answer => answer is { IsOk: false, IsRefusal: false })
            .CountBy(answer => (answer.Status, answer.Broken))
            .Select(kind => $"{kind.Value} × {kind.Key.Status} {kind.Key.Broken}".TrimEnd()));

    // Rounded down: what is not all must not look like it.
    private static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000 * share) / 10:0.0} %");
}
