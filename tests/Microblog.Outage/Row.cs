namespace Microblog.Outage;

/// <summary>One fault: what people felt of it, and what the check found afterwards.</summary>
/// <param name="Down">From the moment it was caused until it was healed.</param>
/// <param name="Writes">Those begun from the cause until everything was well again.</param>
/// <param name="Reads">Likewise.</param>
/// <param name="SlowestWhileDown">The 99th percentile of the answers to first requests while it was down.</param>
/// <param name="Recovery">From the healing until all facts of good health held; null when they did not in time.</param>
/// <param name="Lack">The fact that did not hold even then; null when all did.</param>
public sealed record Row(
    Fault Fault,
    TimeSpan Down,
    IReadOnlyList<Write> Writes,
    IReadOnlyList<Read> Reads,
    TimeSpan SlowestWhileDown,
    TimeSpan? Recovery,
    string? Lack,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>What a fault of a single part must leave of posting.</summary>
    public const double AcceptedMin = 0.99;

    public int Accepted => Writes.Count(write => write.IsAccepted);

    public int AcceptedAtOnce => Writes.Count(write => write.IsAcceptedAtOnce);

    public int Refused => Writes.Count - Accepted;

    public int Count(Harm harm) =>
        Finding.Count(Findings, harm);

    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var complaints = Findings.Select(finding => finding.ToString()).ToList();
        if (Writes.Count == 0)
            complaints.Add("Nobody wrote anything.");
        if (Lack is not null)
            complaints.Add($"It did not recover in time: {Lack}.");
        if (Writes.Count(write => IsImproper(write.First!)) is > 0 and var improper)
            complaints.Add($"{improper} were not told to come again: {Answers(write => write.First!)}.");
        if (Fault.IsSingle && Accepted < Writes.Count * AcceptedMin)
            complaints.Add($"Only {Accepted} of {Writes.Count} were accepted: {Answers(write => write.Last!)}.");
        // Who is told to come again because Ingest itself is away is accepted later.
        else if (Fault is { IsSingle: true, TakesIngest: false } && AcceptedAtOnce < Writes.Count * AcceptedMin)
            complaints.Add($"Only {AcceptedAtOnce} of {Writes.Count} at once: {Answers(write => write.First!)}.");
        return complaints;
    }

    // What is about a post that was deleted meanwhile is moot, and not among the writes.
    private static bool IsImproper(Answer answer) => answer is { IsOk: false, IsRefusal: false };

    // 0 is no answer at all.
    private string Answers(Func<Write, Answer> which) => string.Join(
        ", ",
        Writes.GroupBy(write => (which(write).Status, write.Kind))
            .Where(group => group.Key.Status != 200)
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} × {group.Key.Kind} {group.Key.Status}"));
}
