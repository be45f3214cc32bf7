namespace Microblog.Contracts.Accounts;

/// <summary>One row of the table on a profile; the value is sanitised HTML.</summary>
public sealed record ProfileField(string Name, string Value);
