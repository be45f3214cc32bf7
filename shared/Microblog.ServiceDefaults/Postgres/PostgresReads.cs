using Microblog.ServiceDefaults.Standby;
using Npgsql;

namespace Microblog.ServiceDefaults.Postgres;

/// <summary>
/// Reads for somebody who is waiting. While this process sees Postgres away they fail at once: nobody hangs on a dead
/// connection, and the pool is not filled with those who do. What stores things asks Postgres itself and can wait.
/// </summary>
public sealed class PostgresReads(NpgsqlDataSource database, StandbyBoard board)
{
    /// <summary>A command on a connection of its own.</summary>
    /// <exception cref="NpgsqlException">Postgres is away; transient.</exception>
    public NpgsqlCommand CreateCommand(string? sql = null)
    {
        ThrowIfAway(board);
        return database.CreateCommand(sql);
    }

    /// <summary>A connection, for several commands in one transaction.</summary>
    /// <exception cref="NpgsqlException">Postgres is away; transient.</exception>
    public ValueTask<NpgsqlConnection> OpenConnection(CancellationToken cancellationToken)
    {
        ThrowIfAway(board);
        return database.OpenConnectionAsync(cancellationToken);
    }

    // As Npgsql itself says that nobody answered.
    internal static void ThrowIfAway(StandbyBoard board)
    {
        if (board.Seen.Contains(StandbyBoard.Postgres))
            throw new NpgsqlException("Postgres is away.", new TimeoutException());
    }
}
