using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Keeps, per account and post, the favourite with the highest change id, and counts the active ones.
/// </summary>
internal sealed class FavouriteWriter(NpgsqlDataSource database)
{
    // The row must exist before it can be locked; change 0 is older than any.
    private const string EnsureSql =
        """
        INSERT INTO favourites (post_id, account_id, author_id, change_id, is_active)
        SELECT post_id, account_id, author_id, 0, false
          FROM unnest($1, $2, $3) AS change (post_id, account_id, author_id)
         ORDER BY post_id, account_id
            ON CONFLICT DO NOTHING
        """;

    private const string ChangeSql =
        """
        UPDATE favourites
           SET change_id = change.change_id, is_active = change.is_active
          FROM (SELECT before.post_id, before.account_id, before.is_active AS was_active,
                       change.change_id, change.is_active
                  FROM favourites AS before
                  JOIN unnest($1, $2, $3, $4) AS change (post_id, account_id, change_id, is_active)
                    ON before.post_id = change.post_id AND before.account_id = change.account_id
                   AND before.change_id < change.change_id
                 ORDER BY before.post_id, before.account_id
                   FOR UPDATE OF before) AS change
         WHERE favourites.post_id = change.post_id AND favourites.account_id = change.account_id
        RETURNING favourites.post_id, favourites.is_active::int - change.was_active::int
        """;

    public async Task Store(IEnumerable<FavouriteChanged> changes, CancellationToken cancellationToken)
    {
        var latest = changes.GroupBy(change => (change.PostId, change.AccountId))
            .Select(changesOfOne => changesOfOne.MaxBy(change => change.ChangeId)!)
            .ToArray();
        var postIds = latest.Select(change => change.PostId).ToArray();
        var accountIds = latest.Select(change => change.AccountId).ToArray();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var ensure = new NpgsqlCommand(EnsureSql, connection)
        {
            Parameters =
            {
                new() { Value = postIds },
                new() { Value = accountIds },
                new() { Value = latest.Select(change => change.AuthorId).ToArray() },
            },
        };
        await ensure.ExecuteNonQueryAsync(cancellationToken);

        var counts = new CountChanges();
        await using (var change = new NpgsqlCommand(ChangeSql, connection)
        {
            Parameters =
            {
                new() { Value = postIds },
                new() { Value = accountIds },
                new() { Value = latest.Select(change => change.ChangeId).ToArray() },
                new() { Value = latest.Select(change => change.IsFavourite).ToArray() },
            },
        })
        await using (var rows = await change.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                counts.Favourited(rows.GetInt64(0), rows.GetInt32(1));
        }

        await counts.Apply(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
