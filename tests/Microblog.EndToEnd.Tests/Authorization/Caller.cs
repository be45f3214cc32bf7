namespace Microblog.EndToEnd.Tests.Authorization;

/// <summary>The columns of the table, in its order.</summary>
public enum Caller
{
    Nobody,
    Garbage,
    Revoked,
    App,
    Scope,
    Other,
    Blocked,
    Owner,
}
