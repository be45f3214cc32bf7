namespace Microblog.Contracts.Accounts;

/// <summary>The answer to <see cref="FindAccounts"/>, best match first.</summary>
public sealed record AccountsMatched(IReadOnlyList<long> AccountIds);
