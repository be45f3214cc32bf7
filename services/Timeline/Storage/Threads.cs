using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>Walks conversations. A deleted post ends the walk: what it belonged to cannot be told any more.</summary>
internal sealed class Threads(PostgresReads database)
{
    private const string AncestorsSql =
        """
        WITH RECURSIVE thread (id, in_reply_to_id, height) AS (
            SELECT id, in_reply_to_id, 1 FROM posts WHERE id = $1 AND deleted_at IS NULL
             UNION ALL
            SELECT posts.id, posts.in_reply_to_id, height + 1
              FROM posts JOIN thread ON posts.id = thread.in_reply_to_id
             WHERE posts.deleted_at IS NULL AND height < $2)
        SELECT id FROM thread ORDER BY height DESC
        """;

    // Postgres walks level by level and stops as soon as the limit is reached.
    private const string DescendantsSql =
        """
        WITH RECURSIVE thread (id, depth) AS (
            (SELECT id, 1 FROM posts
              WHERE in_reply_to_id = $1 AND deleted_at IS NULL
              ORDER BY id LIMIT $2)
             UNION ALL
            SELECT posts.id, depth + 1
              FROM posts JOIN thread ON posts.in_reply_to_id = thread.id
             WHERE posts.deleted_at IS NULL AND depth < $3)
        SELECT id FROM thread LIMIT $2
        """;

    /// <summary>A post and what it replies to, the oldest first; empty when the post is not stored.</summary>
    /// <param name="countMax">Posts in all.</param>
    public async Task<IReadOnlyList<long>> UpFrom(long postId, int countMax, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AncestorsSql);
        command.Parameters.Add(new() { Value = postId });
        command.Parameters.Add(new() { Value = countMax });
        return await PostRows.ReadIds(command, cancellationToken);
    }

    /// <summary>What replies to a post, directly and indirectly, in any order.</summary>
    public async Task<IReadOnlyList<long>> Below(
        long postId,
        int countMax,
        int depthMax,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DescendantsSql);
        command.Parameters.Add(new() { Value = postId });
        command.Parameters.Add(new() { Value = countMax });
        command.Parameters.Add(new() { Value = depthMax });
        return await PostRows.ReadIds(command, cancellationToken);
    }
}
