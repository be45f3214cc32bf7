namespace Microblog.Contracts.Accounts;

/// <summary>
/// Let a suspended account log in again and show what it wrote; answered with <see cref="SuspensionSettled"/>. The
/// tokens that were ended stay so.
/// </summary>
public sealed record UnsuspendAccount(long AccountId);
