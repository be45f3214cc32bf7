namespace Microblog.Outage;

/// <summary>One call of <c>infra/fault</c>.</summary>
public sealed record FaultStep(string Part, string Action);
