namespace Microblog.Outage;

/// <summary>One broken promise.</summary>
/// <param name="Subject">What was lost or doubled: counted once, in however many timelines it shows.</param>
public sealed record Finding(Harm Harm, string Subject, string What)
{
    /// <summary>How many things suffered that harm.</summary>
    public static int Count(IEnumerable<Finding> findings, Harm harm) =>
        findings.Where(finding => finding.Harm == harm).Select(finding => finding.Subject).Distinct().Count();

    public override string ToString() => $"{Harm}: {Subject} {What}";
}
