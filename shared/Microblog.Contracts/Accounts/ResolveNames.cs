namespace Microblog.Contracts.Accounts;

/// <summary>Asks which accounts have these names, while the index of names in Redis is incomplete. Answered by
/// <see cref="NamesResolved"/>.</summary>
/// <param name="Usernames">In lower case, at most 50.</param>
public sealed record ResolveNames(IReadOnlyList<string> Usernames);
