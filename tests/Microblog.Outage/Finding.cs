namespace Microblog.Outage;

/// <summary>One broken promise.</summary>
/// <param name="Subject">What was lost or doubled: counted once, in however many timelines it shows.</param>
public sealed record Finding(Harm Harm, string Subject, string What)
{
    public override string ToString() => $"{Harm}: {Subject} {What}";
}
