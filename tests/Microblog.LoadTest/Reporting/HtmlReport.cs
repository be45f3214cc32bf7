using System.Net;
using System.Text;

namespace Microblog.LoadTest.Reporting;

/// <summary>One page with everything in it: it can be opened without a network, mailed and kept.</summary>
public static class HtmlReport
{
    private const string Style =
        """
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        pre { white-space: pre-wrap; padding: .75rem; border: 1px solid #8886; border-radius: 4px; }
        figure { margin: 2rem 0; }
        figcaption { font-weight: 600; }
        svg { width: 100%; height: auto; font-size: 12px; }
        svg text { fill: currentColor; }
        svg polyline { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
        svg .grid { stroke: currentColor; stroke-opacity: .15; }
        .legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; margin: 0; }
        .legend i { display: inline-block; width: .9em; height: .9em; margin-right: .35em; vertical-align: -.1em; }
        th, td { text-align: left; padding: .1rem 1rem .1rem 0; vertical-align: top; }
        """;

    public static string Of(LoadReport report)
    {
        var page = new StringBuilder();
        var title = FormattableString.Invariant($"Load of {report.StartedAt:yyyy-MM-dd HH:mm} UTC");
        page.AppendLine("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.AppendLine("<meta name=\"viewport\" content=\"width=device-width\">");
        page.AppendLine($"<title>{Escape(title)}</title><style>{Style}</style></head><body>");
        page.AppendLine($"<h1>{Escape(title)}</h1><pre>{Escape(Summary.Of(report))}</pre>");
        if (report.Limit is not null)
            page.AppendLine($"<pre>{Escape(LimitTable.Of(report.Limit))}</pre>");
        foreach (var plot in ReportPlots.Of(report))
            page.Append(plot.ToHtml());
        page.AppendLine("<h2>How it was measured</h2><table>");
        foreach (var (name, value) in Facts(report))
            page.AppendLine($"<tr><th>{Escape(name)}</th><td>{Escape(value)}</td></tr>");
        return page.AppendLine("</table></body></html>").ToString();
    }

    private static IEnumerable<(string Name, string Value)> Facts(LoadReport report)
    {
        var (spec, traffic, machine) = (report.World.Spec, report.Traffic, report.Machine);
        yield return ("command", report.Command);
        yield return ("machine", FormattableString.Invariant(
            $"{machine.Cores} × {machine.Processor}, {machine.MemoryBytes / 1e9:0.0} GB, {machine.System}"));
        yield return ("runtime", machine.Runtime);
        yield return ("graph", spec.Graph ?? FormattableString.Invariant(
            $"truncated Pareto, alpha {spec.Alpha}, mean {spec.FollowsMean}, seed {spec.Seed}"));
        yield return ("followers", string.Join(
            ", ",
            report.World.Followers.Select(
                quantile => FormattableString.Invariant($"{quantile.Key} {quantile.Value:#,0}"))));
        yield return ("traffic", FormattableString.Invariant(
            $"{traffic.Rate}/s, {traffic.Profile}, {traffic.Mix}, Zipf {traffic.Zipf}"));
        yield return ("fan-out", FormattableString.Invariant($"{report.FanOutMean:0.0} followers per post"));
        yield return ("deepest queues", DeepestQueues(report.QueuesMax));
        yield return ("latency", "from the time at which an operation was intended, whether or not it was sent then");
    }

    private static string DeepestQueues(IReadOnlyDictionary<string, long> depths) => depths.Count == 0
        ? "not measured: the broker was not asked"
        : string.Join(", ", depths
            .Where(queue => queue.Value > 0)
            .OrderByDescending(queue => queue.Value)
            .Select(queue => FormattableString.Invariant($"{queue.Key} {queue.Value:#,0}"))
            .DefaultIfEmpty("consumers had all that was in any, each time it was looked"));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
