namespace Microblog.Keyspaces;

/// <summary>
/// Ids of access tokens that were revoked: one sorted set, scored by the Unix second at which the token would have
/// ended. Accounts writes it (and again from Postgres when it is lost), every service that accepts tokens reads it at
/// start and then follows <c>TokenRevoked</c>.
/// </summary>
public static class RevokedTokens
{
    public const string Key = "revoked-tokens";
}
