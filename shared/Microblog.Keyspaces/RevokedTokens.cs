namespace Microblog.Keyspaces;

/// <summary>
/// Ids of access tokens that were revoked: one sorted set, scored by the Unix second at which the token would have
/// ended. Accounts writes it (and again from Postgres when it is lost), every service that accepts tokens reads it at
/// start and then follows <c>TokenRevoked</c>.
/// </summary>
public static class RevokedTokens
{
    public const string Key = "revoked-tokens";

    /// <summary>
    /// Present when all of them are there. Without it Redis has lost some, and Accounts has not written them again yet.
    /// </summary>
    public const string CompleteKey = "revoked-tokens:complete";
}
