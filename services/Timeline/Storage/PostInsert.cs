using System.Globalization;
using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// The statement that stores a batch of posts. A post that repeats another one's idempotency key while that is
/// honoured, and a boost older than another boost of the same post by the same account, go in as tombstones without
/// text. What meets a row that a concurrent transaction has just added is left out: ask again.
/// </summary>
internal static class PostInsert
{
    // unnest takes arrays apart completely, so what is a list within a post travels as words.
    // LIMIT and OFFSET keep the planner from taking the subqueries apart: it would look once for each mention of
    // is_lost, and, as long as it remembers a small table, read all posts for each batch.
    private const string Sql =
        """
        INSERT INTO posts (id, author_id, text, content, spoiler_text, is_sensitive, visibility, language,
            mentioned_ids, mentioned_names, tags, in_reply_to_id, in_reply_to_author_id, boost_of_id,
            boost_of_author_id, application_name, application_website, idempotency_key, created_at, deleted_at,
            is_retracted)
        SELECT post.id, post.author_id,
               CASE WHEN is_lost THEN '' ELSE post.text END,
               CASE WHEN is_lost THEN '' ELSE post.content END,
               CASE WHEN is_lost THEN '' ELSE post.spoiler_text END,
               post.is_sensitive, post.visibility, post.language,
               CASE WHEN is_lost THEN '{}' ELSE string_to_array(post.mentioned_ids, ' ')::bigint[] END,
               CASE WHEN is_lost THEN '{}' ELSE string_to_array(post.mentioned_names, ' ') END,
               CASE WHEN is_lost THEN '{}' ELSE string_to_array(post.tags, ' ') END,
               post.in_reply_to_id, post.in_reply_to_author_id, post.boost_of_id, post.boost_of_author_id,
               post.application_name, post.application_website,
               CASE WHEN NOT is_key_taken THEN post.idempotency_key END,
               post.created_at,
               CASE WHEN is_lost THEN now() END,
               is_lost
          FROM (SELECT unnest($1) AS id, unnest($2) AS author_id, unnest($3) AS text, unnest($4) AS content,
                       unnest($5) AS spoiler_text, unnest($6) AS is_sensitive, unnest($7) AS visibility,
                       unnest($8) AS language, unnest($9) AS mentioned_ids, unnest($10) AS mentioned_names,
                       unnest($11) AS tags, unnest($12) AS in_reply_to_id, unnest($13) AS in_reply_to_author_id,
                       unnest($14) AS boost_of_id, unnest($15) AS boost_of_author_id,
                       unnest($16) AS application_name, unnest($17) AS application_website,
                       unnest($18) AS idempotency_key, unnest($19) AS created_at) AS post
         CROSS JOIN LATERAL (
                SELECT CASE WHEN post.idempotency_key IS NOT NULL THEN (
                        SELECT id FROM posts
                         WHERE posts.author_id = post.author_id AND posts.idempotency_key = post.idempotency_key
                           AND posts.id <> post.id
                         LIMIT 1) END AS id
                OFFSET 0) AS first
         CROSS JOIN LATERAL (
                SELECT first.id IS NOT NULL AS is_key_taken,
                       coalesce(abs((first.id >> 16) - (post.id >> 16)) < $20, false)
                    OR CASE WHEN post.boost_of_id IS NOT NULL THEN EXISTS (
                        SELECT FROM posts AS newer
                         WHERE newer.author_id = post.author_id AND newer.boost_of_id = post.boost_of_id
                           AND newer.id > post.id) ELSE false END AS is_lost
                OFFSET 0) AS verdict
         ORDER BY post.id
            ON CONFLICT DO NOTHING
        RETURNING id, deleted_at IS NULL
        """;

    /// <summary>A key used again after so long names another post: Ingest has forgotten the first.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(1);

    /// <summary>Returns the ids of those that went in, and of each whether it became a live post.</summary>
    public static async Task<IReadOnlyDictionary<long, bool>> Run(
        NpgsqlConnection connection,
        IReadOnlyList<PostCreated> posts,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        Add(post => post.PostId);
        Add(post => post.AuthorId);
        Add(post => post.Text);
        Add(post => post.Content);
        Add(post => post.SpoilerText);
        Add(post => post.Sensitive);
        Add(post => (short)post.Visibility);
        Add(post => post.Language);
        Add(post => Words(post.Mentions.Select(mention => mention.AccountId.ToString(CultureInfo.InvariantCulture))));
        Add(post => Words(post.Mentions.Select(mention => mention.Username)));
        Add(post => Words(post.Tags));
        Add(post => post.InReplyToId);
        Add(post => post.InReplyToAuthorId);
        Add(post => post.BoostOfId);
        Add(post => post.BoostOfAuthorId);
        Add(post => post.ApplicationName);
        Add(post => post.ApplicationWebsite);
        Add(post => post.IdempotencyKey);
        Add(post => post.CreatedAt.UtcDateTime);
        command.Parameters.Add(new() { Value = (long)KeyLifetime.TotalMilliseconds });

        // Prepared on its own: Npgsql takes a statement for prepared that it prepares in passing and that then fails
        // for its values, and the next one to use it on this connection fails too, whatever its values.
        await command.PrepareAsync(cancellationToken);
        var inserted = new Dictionary<long, bool>(posts.Count);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            inserted.Add(rows.GetInt64(0), rows.GetBoolean(1));
        return inserted;

        void Add<T>(Func<PostCreated, T> column) =>
            command.Parameters.Add(new() { Value = posts.Select(column).ToArray() });
    }

    private static string Words(IEnumerable<string> words) => string.Join(' ', words);
}
