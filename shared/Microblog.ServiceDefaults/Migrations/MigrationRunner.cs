using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microblog.ServiceDefaults.Migrations;

/// <summary>
/// Runs a service's <c>Storage/Migrations/0001_name.sql</c> in order, each once and in a transaction of its own,
/// recorded in the table <c>migrations</c> of the service's schema and locked against a concurrent run.
/// </summary>
public sealed partial class MigrationRunner(
    NpgsqlDataSource database,
    Assembly service,
    ILogger<MigrationRunner> logger)
{
    private const string LockSql = "SELECT pg_advisory_lock(hashtext(current_schema() || '.migrations'))";

    private const string CreateSql =
        """
        CREATE TABLE IF NOT EXISTS migrations (
            name text PRIMARY KEY,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """;

    private const string IsAppliedSql = "SELECT EXISTS (SELECT FROM migrations WHERE name = $1)";

    private const string RecordSql = "INSERT INTO migrations (name) VALUES ($1)";

    /// <summary>Applies what is missing. The lock is released with the connection.</summary>
    /// <exception cref="PostgresException">A migration is wrong; it and all later ones are not applied.</exception>
    public async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            await RunLocked(cancellationToken);
        }
        finally
        {
            // Or the pool would keep the connection, and the connection the lock.
            database.Clear();
        }
    }

    private async Task RunLocked(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Execute(connection, LockSql, cancellationToken);
        await Execute(connection, CreateSql, cancellationToken);
        foreach (var (name, sql) in Scripts())
        {
            await using var isApplied = new NpgsqlCommand(IsAppliedSql, connection)
            {
                Parameters = { new() { Value = name } },
            };
            if (await isApplied.ExecuteScalarAsync(cancellationToken) is true)
                continue;
            await Apply(connection, name, sql, cancellationToken);
            LogApplied(logger, name);
        }
    }

    private static async Task Apply(
        NpgsqlConnection connection,
        string name,
        string sql,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, sql, cancellationToken);
        await using var record = new NpgsqlCommand(RecordSql, connection) { Parameters = { new() { Value = name } } };
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private IEnumerable<(string Name, string Sql)> Scripts() =>
        from resource in service.GetManifestResourceNames()
        let name = ScriptName().Match(resource)
        where name.Success
        orderby name.Value
        select (name.Value, Read(resource));

    private string Read(string resource)
    {
        using var stream = service.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The migration {resource} cannot be read.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\d{4}_\w+(?=\.sql$)")]
    private static partial Regex ScriptName();

    [LoggerMessage(LogLevel.Information, "Migration {Name} applied")]
    private static partial void LogApplied(ILogger logger, string name);
}
