namespace Microblog.Contracts.Accounts;

/// <summary>
/// End every token of an account, refuse its log-in and show nothing that it wrote, until
/// <see cref="UnsuspendAccount"/>; answered with <see cref="SuspensionSettled"/>. Doing it again ends the tokens that
/// were issued in between.
/// </summary>
public sealed record SuspendAccount(long AccountId);
