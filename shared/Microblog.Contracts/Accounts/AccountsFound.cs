namespace Microblog.Contracts.Accounts;

/// <summary>The accounts that exist, in any order.</summary>
public sealed record AccountsFound(IReadOnlyList<AccountProfile> Accounts);
