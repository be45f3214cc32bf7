namespace Microblog.Contracts.Accounts;

/// <summary>
/// Asks for the profiles of accounts whose snapshot in Redis is missing. Answered by <see cref="AccountsFound"/>, after
/// the snapshots were written again.
/// </summary>
/// <param name="AccountIds">At most 200.</param>
public sealed record GetAccounts(IReadOnlyList<long> AccountIds);
