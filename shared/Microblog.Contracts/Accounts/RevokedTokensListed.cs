namespace Microblog.Contracts.Accounts;

/// <summary>A page of the revoked tokens.</summary>
/// <param name="Tokens">By id, at most 1,000; empty when there are no more.</param>
public sealed record RevokedTokensListed(IReadOnlyList<TokenRevoked> Tokens);
