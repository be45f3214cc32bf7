namespace Microblog.ClientEntities.Entities;

/// <summary>The client that a post was written with.</summary>
public sealed record StatusApplication(string Name, string? Website);
