namespace Microblog.LoadTest.Limits;

/// <summary>The highest rate that kept the objective.</summary>
/// <param name="Rate">0 when none did.</param>
/// <param name="Steps">In the order in which they were tried.</param>
public sealed record LimitResult(string Objective, double Rate, IReadOnlyList<LimitStep> Steps);
