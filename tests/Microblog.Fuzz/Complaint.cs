namespace Microblog.Fuzz;

/// <summary>A request and what was wrong with its answer.</summary>
public sealed record Complaint(Shot Shot, Reply Reply, string What);
