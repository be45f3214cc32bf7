using Microblog.Contracts.Accounts;

namespace Microblog.ClientEntities;

/// <summary>An account with its counts, gathered from the services that own them.</summary>
/// <param name="LastPostOn">Day of the newest post; null when there is none.</param>
public sealed record AccountSnapshot(
    AccountProfile Profile,
    long Followers,
    long Following,
    long Posts,
    DateOnly? LastPostOn);
