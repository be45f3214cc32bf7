namespace Microblog.Contracts.Accounts;

/// <summary>
/// An access token is no longer valid. Every process that accepts tokens hears it and refuses the token from then on.
/// </summary>
/// <param name="TokenId">The token's own id, not the secret.</param>
/// <param name="ExpiresAt">When the token would have ended by itself; nobody need remember it longer.</param>
public sealed record TokenRevoked(long TokenId, DateTimeOffset ExpiresAt);
