namespace Microblog.Outage;

/// <summary>Something that is done to the system, and how it is undone.</summary>
/// <param name="Heal">Empty where the fault is over when it has happened.</param>
public sealed record Fault(string Name, IReadOnlyList<FaultStep> Cause, IReadOnlyList<FaultStep> Heal)
{
    /// <summary>Whether one part is down; only then posting must go on.</summary>
    public bool IsSingle => Cause.Select(step => step.Part).Distinct().Count() == 1;

    /// <summary>Whether Ingest itself is away: a client is then told to come again, and does.</summary>
    public bool TakesIngest => Cause.Any(step => step.Part == "ingest");

    public override string ToString() => Name;
}
