using System.Text.RegularExpressions;
using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Tests.Reporting;

public sealed partial class HtmlReportTests
{
    private readonly LoadReport _report = AReport.Of(readMilliseconds: [1, 2, 3, 4, 50]);

    [Fact]
    public void It_needs_nothing_but_itself()
    {
        var page = HtmlReport.Of(_report);

        Assert.DoesNotMatch(Outside(), page);
    }

    [Fact]
    public void It_shows_latency_throughput_lag_and_CPU()
    {
        var page = HtmlReport.Of(_report);

        string[] titles = ["Latency of each", "Latency by percentile", "Throughput", "Lag", "CPU of each"];
        foreach (var title in titles)
            Assert.Contains($"<figcaption>{title}", page, StringComparison.Ordinal);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN,", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_from_outside_is_text()
    {
        var page = HtmlReport.Of(_report with { Command = "load --mix '<script>alert(1)</script>'" });

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_measured_is_said()
    {
        var page = HtmlReport.Of(_report with { Moments = [] });

        Assert.Contains("Nothing was measured.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "timeline-store-posts 7")]
    [InlineData(0, "consumers had all")]
    [InlineData(null, "not measured")]
    public void It_tells_which_queues_were_deep_and_whether_any_was_looked_at(int? depth, string told)
    {
        var depths = new Dictionary<string, long>();
        if (depth is { } messages)
            depths["timeline-store-posts"] = messages;

        var page = HtmlReport.Of(_report with { QueuesMax = depths });

        Assert.Contains($"<tr><th>deepest queues</th><td>{told}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rest_of_a_second_is_not_drawn_as_one()
    {
        var rest = _report.Moments[^1] with { Second = 41, Length = 0.03 };

        var plots = ReportPlots.Of(_report with { Moments = [.. _report.Moments, rest] });

        Assert.Equal(
            ReportPlots.Of(_report).Select(plot => plot.ToHtml()),
            plots.Select(plot => plot.ToHtml()));
    }

    [Fact]
    public void A_report_survives_its_file()
    {
        var path = Path.GetTempFileName();

        _report.Write(path);
        var read = LoadReport.Read(path);
        File.Delete(path);

        Assert.Equal(HtmlReport.Of(_report), HtmlReport.Of(read));
    }

    [GeneratedRegex("<script|<link|<img|@import|url\\(|(src|href)=", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();
}
