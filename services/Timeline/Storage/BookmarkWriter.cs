using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>Keeps, per account and post, the bookmark with the highest change id.</summary>
internal sealed class BookmarkWriter(NpgsqlDataSource database)
{
    private const string Sql =
        """
        INSERT INTO bookmarks (post_id, account_id, change_id, is_active)
        SELECT post_id, account_id, change_id, is_active
          FROM unnest($1, $2, $3, $4) AS change (post_id, account_id, change_id, is_active)
         ORDER BY post_id, account_id
            ON CONFLICT (post_id, account_id) DO UPDATE
           SET change_id = EXCLUDED.change_id, is_active = EXCLUDED.is_active
         WHERE bookmarks.change_id < EXCLUDED.change_id
        """;

    public async Task Store(IEnumerable<BookmarkChanged> changes, CancellationToken cancellationToken)
    {
        var latest = changes.GroupBy(change => (change.PostId, change.AccountId))
            .Select(changesOfOne => changesOfOne.MaxBy(change => change.ChangeId)!)
            .ToArray();
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = latest.Select(change => change.PostId).ToArray() });
        command.Parameters.Add(new() { Value = latest.Select(change => change.AccountId).ToArray() });
        command.Parameters.Add(new() { Value = latest.Select(change => change.ChangeId).ToArray() });
        command.Parameters.Add(new() { Value = latest.Select(change => change.IsBookmarked).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
