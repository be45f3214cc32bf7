namespace Microblog.Fuzz;

/// <summary>A run in words.</summary>
public static class Report
{
    /// <summary>Different complaints that are shown; more are rarely read.</summary>
    private const int KindsMax = 20;

    public static IEnumerable<string> Of(Outcome outcome, Uri origin)
    {
        foreach (var line in Complaints(outcome, origin))
            yield return line;

        yield return "";
        yield return $"{"",-14}{"MB after the first tenth",26}{"MB at the end",15}";
        foreach (var (part, before) in outcome.MemoryBefore)
            yield return $"{part,-14}{before,26:0}{outcome.MemoryAfter[part],15:0}";
        yield return "";
        yield return $"{Operations.All.Count - outcome.Untouched.Count} operations succeeded at least once, never did: "
            + string.Join(", ", outcome.Untouched);
        var statuses = outcome.Statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}");
        yield return $"Answers by status: {string.Join(", ", statuses)}";
        var (median, late, last) = (outcome.Percentile(0.5), outcome.Percentile(0.99), outcome.Percentile(1));
        var times = $"p50 {median.TotalMilliseconds:0} ms, p99 {late.TotalMilliseconds:0} ms, "
            + $"slowest {last.TotalMilliseconds:0} ms";
        var memory = outcome.Grown.Count == 0 ? "memory bounded" : string.Join(", ", outcome.Grown);
        yield return $"{outcome.Requests} requests in {outcome.Took.TotalSeconds:0} s; {times}; "
            + $"{outcome.Complaints.Count} answered wrongly; {memory}";
    }

    /// <summary>One of each kind of complaint, with the command that sends it again.</summary>
    public static IEnumerable<string> Complaints(Outcome outcome, Uri origin)
    {
        foreach (var kind in outcome.Complaints.GroupBy(complaint => complaint.What).Take(KindsMax))
        {
            var first = kind.First();
            yield return $"{kind.Count()} × {kind.Key}, as {first.Shot.Operation} did";
            yield return $"    request {first.Shot.Index}: {first.Shot.ToCurl(origin)}";
        }
    }
}
