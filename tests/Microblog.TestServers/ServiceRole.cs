namespace Microblog.TestServers;

/// <summary>The services that store something in Postgres; each has a role and a schema.</summary>
public enum ServiceRole
{
    Accounts,
    FollowGraph,
    Timeline,
}
