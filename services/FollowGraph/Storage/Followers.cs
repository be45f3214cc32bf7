using Microblog.ServiceDefaults.Postgres;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads an audience page by page, by key: OFFSET would scan every earlier page again for authors with many followers.
/// </summary>
internal sealed class Followers(PostgresReads database)
{
    private const string EveryoneSql =
        """
        SELECT follower_id, shows_boosts
          FROM follows
         WHERE followee_id = $1 AND follower_id > $2
         ORDER BY follower_id
         LIMIT $3
        """;

    private const string OfBoostsSql =
        """
        SELECT follower_id, shows_boosts
          FROM follows
         WHERE followee_id = $1 AND follower_id > $2 AND shows_boosts
         ORDER BY follower_id
         LIMIT $3
        """;

    // A join, not OR EXISTS: both sides come in the order of their key, so that two large ones are merged.
    private const string OfReplySql =
        """
        SELECT follower_id, shows_boosts
          FROM ((SELECT follower.follower_id, follower.shows_boosts
                   FROM follows AS follower
                   JOIN follows AS common ON common.follower_id = follower.follower_id
                  WHERE follower.followee_id = $1 AND follower.follower_id > $2
                    AND common.followee_id = $4 AND common.follower_id > $2
                  ORDER BY follower.follower_id
                  LIMIT $3)
                UNION ALL
                SELECT follower_id, shows_boosts
                  FROM follows
                 WHERE followee_id = $1 AND follower_id = $4 AND follower_id > $2) AS reader
         ORDER BY follower_id
         LIMIT $3
        """;

    private const string OfMentionSql =
        """
        SELECT follower_id, shows_boosts
          FROM follows
         WHERE followee_id = $1 AND follower_id = ANY($4) AND follower_id > $2
         ORDER BY follower_id
         LIMIT $3
        """;

    /// <summary>
    /// Up to <paramref name="limit"/> readers with a higher id than <paramref name="after"/>, ascending.
    /// </summary>
    public async Task<IReadOnlyList<Follower>> Page(
        Audience audience,
        long after,
        int limit,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
        command.Parameters.Add(new() { Value = audience.AuthorId });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = limit });
        switch (audience)
        {
            case Audience.Everyone:
                command.CommandText = EveryoneSql;
                break;
            case Audience.OfBoosts:
                command.CommandText = OfBoostsSql;
                break;
            case Audience.OfReply reply:
                command.CommandText = OfReplySql;
                command.Parameters.Add(new() { Value = reply.RepliedToId });
                break;
            case Audience.OfMention mention:
                command.CommandText = OfMentionSql;
                command.Parameters.Add(new() { Value = mention.AccountIds.ToArray() });
                break;
            default:
                throw new InvalidOperationException($"There is no query for {audience}.");
        }

        var readers = new List<Follower>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            readers.Add(new(rows.GetInt64(0), rows.GetBoolean(1)));
        return readers;
    }
}
