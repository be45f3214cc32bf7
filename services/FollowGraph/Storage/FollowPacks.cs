using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Follows as they are changed. Each stands in <c>follower_packs</c> with the followee and in <c>followee_packs</c>
/// with the follower, packed with those before and after it in time: as a row with an index for each order that is
/// read it would take four times the room.
/// </summary>
/// <remarks>
/// Both people must be locked. The follow ids of a person rise within a pack and from pack to pack; a pack's key is the
/// follow that began it, and stays when that one ends, so that whoever pages by it misses nobody.
/// </remarks>
internal sealed class FollowPacks(FollowGraphDbContext db)
{
    /// <summary>Follows of a pack: no more than fit into a row that Postgres does not move to TOAST.</summary>
    public const int FollowsMax = 100;

    private const string Followers = "follower_packs";
    private const string Followees = "followee_packs";

    /// <summary>Whatever either of the two follows of the other.</summary>
    public Task<List<Follow>> Between(long oneId, long otherId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Follow>(
            $"""
            SELECT followee_id AS "FolloweeId", follower_id AS "FollowerId", follow_id AS "FollowId",
                   shows_boosts AS "ShowsBoosts", notifies AS "Notifies"
              FROM followees
             WHERE follower_id IN ({oneId}, {otherId}) AND followee_id IN ({oneId}, {otherId})
            """).ToListAsync(cancellationToken);

    /// <summary>The latest follow of or by either; 0 when there is none.</summary>
    public Task<long> LastId(long oneId, long otherId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<long>(
            $"""
            SELECT COALESCE(max(last.follow_ids[cardinality(last.follow_ids)]), 0) AS "Value"
              FROM (VALUES ({oneId}), ({otherId})) AS person (id)
             CROSS JOIN LATERAL (
                   (SELECT follow_ids FROM follower_packs
                     WHERE account_id = person.id ORDER BY first_follow_id DESC LIMIT 1)
                   UNION ALL
                   (SELECT follow_ids FROM followee_packs
                     WHERE account_id = person.id ORDER BY first_follow_id DESC LIMIT 1)) AS last
            """).SingleAsync(cancellationToken);

    /// <summary>Writes what became of a follow, in the transaction that is open.</summary>
    public async Task Write(Follow? before, Follow? after, CancellationToken cancellationToken)
    {
        if (before == after)
            return;

        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        if (before is not null && before.FollowId != after?.FollowId)
            AddOnBothSides(batch, Remove, before);
        if (after is not null)
            AddOnBothSides(batch, after.FollowId == before?.FollowId ? Change : Append, after);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddOnBothSides(NpgsqlBatch batch, Func<string, string> sqlOf, Follow follow)
    {
        batch.BatchCommands.Add(Command(sqlOf(Followers), follow, follow.FolloweeId, follow.FollowerId));
        batch.BatchCommands.Add(Command(sqlOf(Followees), follow, follow.FollowerId, follow.FolloweeId));
    }

    private static NpgsqlBatchCommand Command(string sql, Follow follow, long accountId, long otherId) => new(sql)
    {
        Parameters =
        {
            new() { Value = accountId },
            new() { Value = follow.FollowId },
            new() { Value = otherId },
            new() { Value = follow.ShowsBoosts ? Array.Empty<long>() : [otherId] },
            new() { Value = follow.Notifies ? [otherId] : Array.Empty<long>() },
        },
    };

    // A full pack stays as it is, and the follow begins another.
    private static string Append(string packs) =>
        $"""
        WITH appended AS (
            UPDATE {packs}
               SET follow_ids = follow_ids || $2, other_ids = other_ids || $3,
                   without_boosts = without_boosts || $4, notifying = notifying || $5
             WHERE account_id = $1
               AND first_follow_id = (
                       SELECT first_follow_id FROM {packs} WHERE account_id = $1 ORDER BY first_follow_id DESC LIMIT 1)
               AND cardinality(follow_ids) < {FollowsMax}
            RETURNING account_id)
        INSERT INTO {packs} (account_id, first_follow_id, follow_ids, other_ids, without_boosts, notifying)
        SELECT $1, $2, ARRAY[$2], ARRAY[$3], $4, $5
         WHERE NOT EXISTS (SELECT FROM appended)
        """;

    private static string Change(string packs) =>
        $"""
        UPDATE {packs}
           SET without_boosts = array_remove(without_boosts, $3) || $4, notifying = array_remove(notifying, $3) || $5
         WHERE {IsPackOf(packs)}
        """;

    // One of the two finds what it is for: a pack is deleted with its last follow.
    private static string Remove(string packs) =>
        $"""
        WITH emptied AS (
            DELETE FROM {packs} WHERE {IsPackOf(packs)} AND follow_ids = ARRAY[$2])
        UPDATE {packs}
           SET follow_ids = array_remove(follow_ids, $2), other_ids = array_remove(other_ids, $3),
               without_boosts = array_remove(without_boosts, $3), notifying = array_remove(notifying, $3)
         WHERE {IsPackOf(packs)} AND follow_ids <> ARRAY[$2]
        """;

    private static string IsPackOf(string packs) =>
        $"""
        account_id = $1
           AND first_follow_id = (
                   SELECT first_follow_id
                     FROM {packs}
                    WHERE account_id = $1 AND first_follow_id <= $2
                    ORDER BY first_follow_id DESC
                    LIMIT 1)
        """;
}
