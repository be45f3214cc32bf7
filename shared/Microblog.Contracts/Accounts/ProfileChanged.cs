namespace Microblog.Contracts.Accounts;

/// <summary>An account was created, or its profile changed. Carries the profile as it is since then.</summary>
public sealed record ProfileChanged(AccountProfile Profile);
