namespace Microblog.Contracts.Accounts;

/// <summary>
/// Asks which tokens were revoked and would still be good otherwise: by a process that starts while Redis is away.
/// Answered by <see cref="RevokedTokensListed"/>.
/// </summary>
/// <param name="AfterTokenId">Only tokens above this one; 0 for the first page.</param>
public sealed record ListRevokedTokens(long AfterTokenId);
