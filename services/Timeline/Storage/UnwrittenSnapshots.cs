using Microblog.ServiceDefaults.Redis;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Notes in Postgres which posts Redis was not told of because it was away. So posts are stored, and can be read, at
/// the usual speed meanwhile, and what Redis holds is right again soon after it is back, whichever process ends.
/// </summary>
internal sealed class UnwrittenSnapshots(NpgsqlDataSource database, TimelineMetrics metrics)
{
    private const string NoteSql =
        """
        INSERT INTO unwritten_snapshots (post_id)
        SELECT DISTINCT post_id FROM unnest($1) AS changed (post_id) ORDER BY post_id
            ON CONFLICT (post_id) DO UPDATE SET noted = unwritten_snapshots.noted + 1
        """;

    // OFFSET keeps the planner from beginning with all posts: it expects many rows here, and there are hardly ever any.
    private const string ReadSql =
        $"""
        SELECT {PostRows.Columns}, deleted_at IS NOT NULL, noted
          FROM unwritten_snapshots
         CROSS JOIN LATERAL (SELECT * FROM posts WHERE posts.id = post_id OFFSET 0) AS posts
         ORDER BY post_id
         LIMIT $1
        """;

    // What was noted again meanwhile stays.
    private const string ForgetSql =
        """
        DELETE FROM unwritten_snapshots
         USING unnest($1, $2) AS written (post_id, noted)
         WHERE unwritten_snapshots.post_id = written.post_id AND unwritten_snapshots.noted = written.noted
        """;

    /// <summary>
    /// Runs what must follow a commit in Redis. While Redis is away the posts are noted instead.
    /// </summary>
    public async Task Write(IEnumerable<long> postIds, Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write();
        }
        catch (RedisAwayException)
        {
            var ids = postIds.ToArray();
            await using var command = database.CreateCommand(NoteSql);
            command.Parameters.Add(new() { Value = ids });
            await command.ExecuteNonQueryAsync(cancellationToken);
            metrics.SnapshotsPutOff(ids.Length);
        }
    }

    /// <summary>Some of those noted, with what is stored of them; the oldest first.</summary>
    public async Task<IReadOnlyList<UnwrittenSnapshot>> Read(int countMax, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReadSql);
        command.Parameters.Add(new() { Value = countMax });
        var unwritten = new List<UnwrittenSnapshot>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            unwritten.Add(new(
                PostRows.Read(rows),
                rows.GetBoolean(PostRows.ColumnCount),
                rows.GetInt64(PostRows.ColumnCount + 1)));
        return unwritten;
    }

    /// <summary>To be called when Redis has been told of them.</summary>
    public async Task Forget(IReadOnlyList<UnwrittenSnapshot> written, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ForgetSql);
        command.Parameters.Add(new() { Value = written.Select(one => one.Post.PostId).ToArray() });
        command.Parameters.Add(new() { Value = written.Select(one => one.Noted).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
