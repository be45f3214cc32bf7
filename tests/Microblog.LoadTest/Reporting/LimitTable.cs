using System.Globalization;
using System.Text;
using Microblog.LoadTest.Limits;

namespace Microblog.LoadTest.Reporting;

/// <summary>The steps of a search for a limit, as text.</summary>
public static class LimitTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Of(LimitResult limit)
    {
        var text = new StringBuilder();
        text.AppendLine(Culture, $"Objective: {limit.Objective}");
        text.AppendLine("   rate/s   done/s  deliveries/s  read p99  lag p99  under way  cores  others");
        foreach (var step in limit.Steps.OrderBy(step => step.Rate))
            text.AppendLine(
                Culture,
                $"{step.Rate,9:0.0}{step.Done,9:0.0}{step.DeliveriesPerSecond,14:#,0}{step.ReadP99,10:0.0}"
                + $"{step.LagP99,9:0.0}{step.Concurrency,11:0.00}{step.Cores,7:0.00}{step.OtherCores,8:0.00}"
                + $"  {(step.IsKept ? "kept" : "missed " + string.Join(", ", step.Missed))}");
        text.AppendLine(Culture, $"The highest rate that was kept: {limit.Rate:0.0} operations/s");
        return text.ToString();
    }
}
