using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Turns posts into tombstones without text. One whose creation has not been stored yet becomes a tombstone as well:
/// the creation then finds its id taken.
/// </summary>
internal sealed class PostEraser(NpgsqlDataSource database)
{
    private const string TombstonesSql =
        """
        INSERT INTO posts (id, author_id, text, content, spoiler_text, is_sensitive, visibility, mentioned_ids,
            mentioned_names, tags, created_at, deleted_at)
        SELECT id, author_id, '', '', '', false, 3, '{}', '{}', '{}', deleted_at, deleted_at
          FROM unnest($1, $2, $3) AS deletion (id, author_id, deleted_at)
         ORDER BY id
            ON CONFLICT DO NOTHING
        """;

    // Only the author's own word counts, whatever the message says.
    private const string EraseSql =
        """
        UPDATE posts
           SET deleted_at = deletion.deleted_at, text = '', content = '', spoiler_text = '',
               mentioned_ids = '{}', mentioned_names = '{}', tags = '{}'
          FROM (SELECT before.id, deletion.deleted_at, before.tags, before.mentioned_ids
                  FROM posts AS before
                  JOIN unnest($1, $2, $3) AS deletion (id, author_id, deleted_at)
                    ON before.id = deletion.id AND before.author_id = deletion.author_id
                 WHERE before.deleted_at IS NULL
                 ORDER BY before.id
                   FOR UPDATE OF before) AS deletion
         WHERE posts.id = deletion.id
        RETURNING posts.id, posts.author_id, posts.visibility, posts.in_reply_to_id, posts.boost_of_id,
            posts.created_at, deletion.tags, deletion.mentioned_ids
        """;

    private const string MentionsSql =
        "DELETE FROM mentions WHERE (account_id, post_id) IN (SELECT * FROM unnest($1, $2))";

    private const string TagsSql = "DELETE FROM post_tags WHERE (tag, post_id) IN (SELECT * FROM unnest($1, $2))";

    /// <summary>Returns what was removed now, and not before; the counters have followed.</summary>
    public async Task<IReadOnlyList<PostFacts>> Erase(
        IReadOnlyCollection<PostDeleted> deletions,
        CancellationToken cancellationToken)
    {
        var distinct = deletions.DistinctBy(deletion => deletion.PostId).ToArray();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var tombstones = Command(TombstonesSql, connection, distinct);
        await tombstones.ExecuteNonQueryAsync(cancellationToken);

        var changes = new CountChanges();
        var removed = new List<PostFacts>();
        var mentions = new List<(long AccountId, long PostId)>();
        var tags = new List<(string Tag, long PostId)>();
        await using (var erase = Command(EraseSql, connection, distinct))
        await using (var rows = await erase.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                var post = PostRows.ReadFacts(rows);
                changes.Removed(post);
                removed.Add(post);
                tags.AddRange(rows.GetFieldValue<string[]>(6).Select(tag => (tag, post.PostId)));
                mentions.AddRange(rows.GetFieldValue<long[]>(7).Select(account => (account, post.PostId)));
            }
        }

        await Delete(MentionsSql, connection, mentions, cancellationToken);
        await Delete(TagsSql, connection, tags, cancellationToken);
        await changes.Apply(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return removed;
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, PostDeleted[] deletions) =>
        new(sql, connection)
        {
            Parameters =
            {
                new() { Value = deletions.Select(deletion => deletion.PostId).ToArray() },
                new() { Value = deletions.Select(deletion => deletion.AuthorId).ToArray() },
                new() { Value = deletions.Select(deletion => deletion.DeletedAt.UtcDateTime).ToArray() },
            },
        };

    private static async Task Delete<TKey>(
        string sql,
        NpgsqlConnection connection,
        List<(TKey Key, long PostId)> rows,
        CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = rows.Select(row => row.Key).ToArray() },
                new() { Value = rows.Select(row => row.PostId).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
