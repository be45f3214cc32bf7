namespace Microblog.TestServers;

/// <summary>
/// The services that store something in Postgres, each with a role and a schema, and who looks into all of them.
/// </summary>
public enum ServiceRole
{
    Accounts,
    FollowGraph,
    Timeline,

    /// <summary>Owns nothing; for <c>infra/admin</c>.</summary>
    Operator,
}
