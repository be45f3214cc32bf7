using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads lists of relations, newest first, by key. The cursor is the relation's id, not the account's.
/// </summary>
internal sealed class RelationLists(PostgresReads database, TimeProvider clock)
{
    private const string FollowRequestsSql =
        "SELECT request_id, follower_id, NULL::timestamptz FROM follow_requests WHERE followee_id = $1";

    private const string BlocksSql = "SELECT block_id, blocked_id, NULL::timestamptz FROM blocks WHERE account_id = $1";

    private const string MutesSql =
        "SELECT mute_id, muted_id, ends_at FROM mutes WHERE account_id = $1 AND (ends_at IS NULL OR ends_at > $5)";

    /// <summary>A page of the account's list, newest first.</summary>
    public async Task<IReadOnlyList<RelationRow>> Read(
        RelationList list,
        long accountId,
        Page page,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql(list, page));
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

    // Walks down from max_id, or up from min_id; the rows are sorted newest first either way.
    private static string Sql(RelationList list, Page page)
    {
        var order = page.MinId is null ? "DESC" : "ASC";
        return $"""
            SELECT *
              FROM ({RelationsSql(list, order)}) AS relation (id, account_id, ends_at)
             WHERE id > $2 AND id < $3
             ORDER BY id {order}
             LIMIT $4
            """;
    }

    private static string RelationsSql(RelationList list, string order) => list switch
    {
        RelationList.Followers => FollowsSql("follower_packs", order),
        RelationList.Following => FollowsSql("followee_packs", order),
        RelationList.FollowRequests => FollowRequestsSql,
        RelationList.Blocks => BlocksSql,
        RelationList.Mutes => MutesSql,
        _ => throw new InvalidOperationException($"There is no list {list}."),
    };

    // As many packs as may be needed, of thousands: none is empty, and only that of the cursor may have nothing here.
    private static string FollowsSql(string packs, string order) =>
        $"""
        SELECT follow.id, follow.other_id, NULL::timestamptz
          FROM (SELECT follow_ids, other_ids
                  FROM {packs}
                 WHERE account_id = $1 AND first_follow_id < $3
                   AND first_follow_id >= COALESCE((
                           SELECT first_follow_id
                             FROM {packs}
                            WHERE account_id = $1 AND first_follow_id <= $2
                            ORDER BY first_follow_id DESC
                            LIMIT 1), 0)
                 ORDER BY first_follow_id {order}
                 LIMIT $4 + 1) AS pack
         CROSS JOIN LATERAL unnest(pack.follow_ids, pack.other_ids) AS follow (id, other_id)
        """;
}
