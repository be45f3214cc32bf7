namespace Microblog.Contracts.Accounts;

/// <summary>The accounts that exist, in any order; unknown names are missing.</summary>
public sealed record NamesResolved(IReadOnlyList<AccountProfile> Accounts);
