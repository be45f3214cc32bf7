using System.Globalization;
using System.Text.Json;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Postgres;
using NpgsqlTypes;

namespace Microblog.Accounts.Storage;

/// <summary>Where people stopped reading, by timeline: the column <c>users.markers</c>.</summary>
internal sealed class Markers(PostgresReads database, TimeProvider clock)
{
    private const string ReadSql = "SELECT markers FROM users WHERE id = $1";

    // The row is locked while it is written, so that two devices never get the same version.
    private const string WriteSql =
        """
        UPDATE users
           SET markers = markers || jsonb_build_object($2, jsonb_build_object(
                   'last_read_id', $3,
                   'version', coalesce((markers -> $2 ->> 'version')::int, 0) + 1,
                   'updated_at', $4))
         WHERE id = $1
        RETURNING markers
        """;

    /// <summary>The timelines that have been marked.</summary>
    public async Task<IReadOnlyDictionary<string, Marker>> Of(long accountId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReadSql);
        command.Parameters.Add(new() { Value = accountId });
        return Read(await command.ExecuteScalarAsync(cancellationToken));
    }

    /// <summary>Marks one timeline and returns all that are marked.</summary>
    public async Task<IReadOnlyDictionary<string, Marker>> Set(
        long accountId,
        string timeline,
        long lastReadId,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(WriteSql);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = timeline, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new()
        {
            Value = lastReadId.ToString(CultureInfo.InvariantCulture),
            NpgsqlDbType = NpgsqlDbType.Text,
        });
        command.Parameters.Add(new()
        {
            Value = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            NpgsqlDbType = NpgsqlDbType.Text,
        });
        return Read(await command.ExecuteScalarAsync(cancellationToken));
    }

    private static Dictionary<string, Marker> Read(object? json) => json is string text
        ? JsonSerializer.Deserialize<Dictionary<string, Marker>>(text, ClientJson.Options)!
        : [];
}
