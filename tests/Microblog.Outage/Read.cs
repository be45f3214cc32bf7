namespace Microblog.Outage;

/// <summary>A home timeline was asked for.</summary>
/// <param name="Standby">The parts that the answer says are away; null when it says nothing.</param>
public sealed record Read(DateTimeOffset StartedAt, string Reader, int Status, double Milliseconds, string? Standby);
