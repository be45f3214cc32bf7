using Microblog.Contracts.FollowGraph;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// All relations of one account, read from Postgres and written to Redis while the account is locked, so that no
/// change can slip in between.
/// </summary>
internal sealed class Relations(
    PostgresReads database,
    StandingSnapshots standings,
    TimeProvider clock,
    IOptions<FollowGraphOptions> options)
{
    // A row to lock, also for an account that never had a relation.
    private const string AddSql = "INSERT INTO people (account_id) VALUES ($1) ON CONFLICT DO NOTHING";

    private const string LockSql = "SELECT relations_version FROM people WHERE account_id = $1 FOR UPDATE";

    // The numbers are the bits of Microblog.Keyspaces.Standing. Who blocks the account comes last: it is the only
    // kind that the account itself does not bound.
    private const string Sql =
        """
        SELECT other_id, bit_or(flags), max(mute_ends_at)
          FROM (SELECT followee_id AS other_id,
                       1 | CASE WHEN shows_boosts THEN 0 ELSE 2 END | CASE WHEN notifies THEN 4 ELSE 0 END AS flags,
                       NULL::timestamptz AS mute_ends_at,
                       9223372036854775807 AS rank
                  FROM followees
                 WHERE follower_id = $1
                UNION ALL
                SELECT blocked_id, 8, NULL, 9223372036854775807
                  FROM blocks
                 WHERE account_id = $1
                UNION ALL
                SELECT muted_id, 32 | CASE WHEN hides_notifications THEN 64 ELSE 0 END, ends_at, 9223372036854775807
                  FROM mutes
                 WHERE account_id = $1 AND (ends_at IS NULL OR ends_at > $2)
                UNION ALL
                SELECT followee_id, 128, NULL, 9223372036854775807
                  FROM follow_requests
                 WHERE follower_id = $1
                UNION ALL
                (SELECT account_id, 16, NULL, block_id
                   FROM blocks
                  WHERE blocked_id = $1
                  ORDER BY block_id DESC
                  LIMIT $3)) AS relation
         GROUP BY other_id
         ORDER BY max(rank) DESC
         LIMIT $3
        """;

    /// <summary>Yields the account's relations, and restores its snapshot unless Redis is away.</summary>
    public async Task<IReadOnlyList<Relation>> Restore(long accountId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnection(cancellationToken);
        await using (var add = new NpgsqlCommand(AddSql, connection) { Parameters = { new() { Value = accountId } } })
            await add.ExecuteNonQueryAsync(cancellationToken);

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var lockRow = new NpgsqlCommand(LockSql, connection);
        lockRow.Parameters.Add(new() { Value = accountId });
        var version = (long)(await lockRow.ExecuteScalarAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The row of account {accountId} is gone."));
        var relations = await Read(connection, accountId, cancellationToken);
        await SpareWrites.Try(() => standings.Restore(accountId, relations, version));
        await transaction.CommitAsync(cancellationToken);
        return relations;
    }

    private async Task<IReadOnlyList<Relation>> Read(
        NpgsqlConnection connection,
        long accountId,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = options.Value.RelationsPerAccountMax });

        var relations = new List<Relation>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var endsAt = await reader.IsDBNullAsync(2, cancellationToken)
                ? (DateTimeOffset?)null
                : reader.GetFieldValue<DateTimeOffset>(2);
            relations.Add(new(reader.GetInt64(0), reader.GetInt32(1), endsAt));
        }

        return relations;
    }
}
