using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>How rows of the table <c>posts</c> are read.</summary>
internal static class PostRows
{
    /// <summary>What <see cref="Read"/> expects, of a table named or aliased <c>posts</c>.</summary>
    public const string Columns =
        """
        posts.id, posts.author_id, posts.text, posts.content, posts.spoiler_text, posts.is_sensitive, posts.visibility,
        posts.language, posts.mentioned_ids, posts.mentioned_names, posts.tags, posts.in_reply_to_id,
        posts.in_reply_to_author_id, posts.boost_of_id, posts.boost_of_author_id, posts.application_name,
        posts.application_website, posts.idempotency_key, posts.created_at
        """;

    /// <summary>The number of <see cref="Columns"/>: the position of what a query selects after them.</summary>
    public const int ColumnCount = 19;

    public static PostCreated Read(NpgsqlDataReader row)
    {
        var mentionedIds = row.GetFieldValue<long[]>(8);
        var mentionedNames = row.GetFieldValue<string[]>(9);
        return new(
            PostId: row.GetInt64(0),
            AuthorId: row.GetInt64(1),
            Text: row.GetString(2),
            Content: row.GetString(3),
            SpoilerText: row.GetString(4),
            Sensitive: row.GetBoolean(5),
            Visibility: (Visibility)row.GetInt16(6),
            Language: Text(row, 7),
            Mentions: [.. mentionedIds.Zip(mentionedNames, (id, name) => new Mention(id, name))],
            Tags: row.GetFieldValue<string[]>(10),
            InReplyToId: Id(row, 11),
            InReplyToAuthorId: Id(row, 12),
            BoostOfId: Id(row, 13),
            BoostOfAuthorId: Id(row, 14),
            ApplicationName: Text(row, 15),
            ApplicationWebsite: Text(row, 16),
            IdempotencyKey: Text(row, 17),
            CreatedAt: row.GetFieldValue<DateTimeOffset>(18));
    }

    /// <summary>Reads <c>id, author_id, visibility, in_reply_to_id, boost_of_id, created_at</c>.</summary>
    public static PostFacts ReadFacts(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        (Visibility)row.GetInt16(2),
        Id(row, 3),
        Id(row, 4),
        row.GetFieldValue<DateTimeOffset>(5));

    /// <summary>Runs a query whose first column is an id.</summary>
    public static async Task<IReadOnlyList<long>> ReadIds(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            ids.Add(rows.GetInt64(0));
        return ids;
    }

    private static long? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
