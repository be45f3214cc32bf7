namespace Microblog.ClientEntities.Entities;

/// <summary>One row of the table on a profile.</summary>
/// <param name="Value">HTML.</param>
/// <param name="VerifiedAt">Always null: links are not verified.</param>
public sealed record AccountField(string Name, string Value, DateTimeOffset? VerifiedAt = null);
