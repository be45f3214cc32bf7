namespace Microblog.Contracts.Accounts;

/// <summary>Asks for accounts whose name or display name contains some text, best match first. Answered by
/// <see cref="AccountsMatched"/>.</summary>
/// <param name="Limit">1 to 80.</param>
/// <param name="Offset">0 to 10,000.</param>
public sealed record FindAccounts(string Query, int Limit, int Offset);
