using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>Walks conversations. A deleted post ends the walk: what it belonged to cannot be told any more.</summary>
internal sealed class Threads(NpgsqlDataSource database)
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

    // The path sorts depth first: a reply comes directly after what it replies to, older replies first.
    private const string DescendantsSql =
        """
        WITH RECURSIVE thread (id, path) AS (
            (SELECT id, ARRAY[id] FROM posts
              WHERE in_reply_to_id = $1 AND deleted_at IS NULL
              ORDER BY id LIMIT $2)
             UNION ALL
            SELECT posts.id, path || posts.id
              FROM posts JOIN thread ON posts.in_reply_to_id = thread.id
             WHERE posts.deleted_at IS NULL AND cardinality(path) < $3)
        SELECT id FROM (SELECT id, path FROM thread LIMIT $2) AS some ORDER BY path
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

    /// <summary>What replies to a post, directly and indirectly, depth first.</summary>
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
