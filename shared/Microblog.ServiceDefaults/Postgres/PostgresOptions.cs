using System.ComponentModel.DataAnnotations;

namespace Microblog.ServiceDefaults.Postgres;

/// <summary>What a process asks of Postgres.</summary>
public sealed class PostgresOptions
{
    public const string Section = "Postgres";

    /// <summary>
    /// Connections of one process. Those of all replicas of all services together must stay below Postgres'
    /// <c>max_connections</c>. Whoever finds none free waits for 3 s, then counts Postgres as away.
    /// </summary>
    [Range(4, 1_000)]
    public int ConnectionsMax { get; set; } = 40;
}
