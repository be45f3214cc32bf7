using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads lists of relations, newest first, by key. The cursor is the relation's id, not the account's.
/// </summary>
internal sealed class RelationLists(PostgresReads database, TimeProvider clock)
{
    private const string FollowersSql =
        "SELECT follow_id, follower_id, NULL::timestamptz FROM follows WHERE followee_id = $1";

    private const string FollowingSql =
        "SELECT follow_id, followee_id, NULL::timestamptz FROM follows WHERE follower_id = $1";

    private const string FollowRequestsSql =
        "SELECT request_id, follower_id, NULL::timestamptz FROM follow_requests WHERE followee_id = $1";

    private const string BlocksSql = "SELECT block_id, blocked_id, NULL::timestamptz FROM blocks WHERE account_id = $1";

    private const string MutesSql =
        "SELECT mute_id, muted_id, ends_at FROM mutes WHERE account_id = $1 AND (ends_at IS NULL OR ends_at > $5)";

    // Walks down from max_id, or up from min_id; the rows are sorted newest first either way.
    private const string NewestSql =
        "SELECT * FROM ({0}) AS relation (id, account_id, ends_at) WHERE id > $2 AND id < $3 ORDER BY id DESC LIMIT $4";

    private const string NextSql =
        "SELECT * FROM ({0}) AS relation (id, account_id, ends_at) WHERE id > $2 AND id < $3 ORDER BY id LIMIT $4";

    /// <summary>A page of the account's list, newest first.</summary>
    public async Task<IReadOnlyList<RelationRow>> Read(
        RelationList list,
        long accountId,
        Page page,
        CancellationToken cancellationToken)
    {
        var shape = page.MinId is null ? NewestSql : NextSql;
        await using var command = database.CreateCommand(shape.Replace("{0}", SqlOf(list), StringComparison.Ordinal));
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = page.MinId ?? page.SinceId ?? 0 });
        command.Parameters.Add(new() { Value = page.MaxId ?? long.MaxValue });
        command.Parameters.Add(new() { Value = page.Limit });
        if (list == RelationList.Mutes)
            command.Parameters.Add(new() { Value = clock.GetUtcNow() });

        var rows = new List<RelationRow>(page.Limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var endsAt = await reader.IsDBNullAsync(2, cancellationToken)
                ? (DateTimeOffset?)null
                : reader.GetFieldValue<DateTimeOffset>(2);
            rows.Add(new(reader.GetInt64(0), reader.GetInt64(1), endsAt));
        }

        rows.Sort((one, other) => other.RelationId.CompareTo(one.RelationId));
        return rows;
    }

    private static string SqlOf(RelationList list) => list switch
    {
        RelationList.Followers => FollowersSql,
        RelationList.Following => FollowingSql,
        RelationList.FollowRequests => FollowRequestsSql,
        RelationList.Blocks => BlocksSql,
        RelationList.Mutes => MutesSql,
        _ => throw new InvalidOperationException($"There is no list {list}."),
    };
}
