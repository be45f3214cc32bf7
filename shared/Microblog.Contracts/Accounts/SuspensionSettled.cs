namespace Microblog.Contracts.Accounts;

/// <summary>How an account stands after it was suspended, or let in again.</summary>
/// <param name="IsKnown">False when there is no such account, and nothing was done.</param>
/// <param name="EndedTokenCount">Tokens that were ended just now.</param>
public sealed record SuspensionSettled(long AccountId, bool IsKnown, int EndedTokenCount);
