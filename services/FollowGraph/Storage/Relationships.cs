using System.Globalization;
using Microblog.ServiceDefaults.Postgres;
using Npgsql;

namespace Microblog.FollowGraph.Storage;

/// <summary>How one account stands to others and they to it, straight from Postgres.</summary>
internal sealed class Relationships(PostgresReads database, TimeProvider clock)
{
    private const string Sql =
        """
        SELECT other.id,
               follow.follow_id IS NOT NULL,
               COALESCE(follow.shows_boosts, request.shows_boosts, false),
               COALESCE(follow.notifies, request.notifies, false),
               back.follow_id IS NOT NULL,
               block.block_id IS NOT NULL,
               blocked.block_id IS NOT NULL,
               mute.mute_id IS NOT NULL,
               COALESCE(mute.hides_notifications, false),
               mute.ends_at,
               request.request_id IS NOT NULL,
               requested.request_id IS NOT NULL,
               COALESCE(note.comment, '')
          FROM unnest($2) WITH ORDINALITY AS other(id, position)
          LEFT JOIN followees AS follow ON follow.follower_id = $1 AND follow.followee_id = other.id
          LEFT JOIN followees AS back ON back.follower_id = other.id AND back.followee_id = $1
          LEFT JOIN blocks AS block ON block.account_id = $1 AND block.blocked_id = other.id
          LEFT JOIN blocks AS blocked ON blocked.account_id = other.id AND blocked.blocked_id = $1
          LEFT JOIN mutes AS mute
            ON mute.account_id = $1 AND mute.muted_id = other.id AND (mute.ends_at IS NULL OR mute.ends_at > $3)
          LEFT JOIN follow_requests AS request ON request.followee_id = other.id AND request.follower_id = $1
          LEFT JOIN follow_requests AS requested ON requested.followee_id = $1 AND requested.follower_id = other.id
          LEFT JOIN notes AS note ON note.account_id = $1 AND note.other_id = other.id
         ORDER BY other.position
        """;

    /// <summary>One entry for each id, in their order.</summary>
    public async Task<IReadOnlyList<Relationship>> Of(
        long accountId,
        IReadOnlyCollection<long> otherIds,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = otherIds.ToArray() });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });

        var relationships = new List<Relationship>(otherIds.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            relationships.Add(Read(reader));
        return relationships;
    }

    private static Relationship Read(NpgsqlDataReader row) => new(
        Id: row.GetInt64(0).ToString(CultureInfo.InvariantCulture),
        Following: row.GetBoolean(1),
        ShowingReblogs: row.GetBoolean(2),
        Notifying: row.GetBoolean(3),
        Languages: null,
        FollowedBy: row.GetBoolean(4),
        Blocking: row.GetBoolean(5),
        BlockedBy: row.GetBoolean(6),
        Muting: row.GetBoolean(7),
        MutingNotifications: row.GetBoolean(8),
        MutingExpiresAt: row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
        Requested: row.GetBoolean(10),
        RequestedBy: row.GetBoolean(11),
        DomainBlocking: false,
        Endorsed: false,
        Note: row.GetString(12));
}
