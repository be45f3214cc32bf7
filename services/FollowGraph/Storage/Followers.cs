using Microblog.ServiceDefaults.Postgres;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads an audience page by page, by key: OFFSET would scan every earlier page again for authors with many followers.
/// </summary>
internal sealed class Followers(PostgresReads database)
{
    // One row with one array: thousands of rows cost both sides several times as much. Who does not want boosts comes
    // as his complement.
    private const string PageStart =
        "SELECT array_agg(CASE WHEN shows_boosts THEN follower_id ELSE ~follower_id END) FROM (";

    private const string PageEnd = ") AS page";

    private const string EveryoneSql =
        """
        SELECT follower_id, shows_boosts
          FROM follows
         WHERE followee_id = $1 AND follower_id > $2
         ORDER BY follower_id
         LIMIT $3
        """;

    private const string FirstPagesSql =
        $"""
        SELECT author.id, page.entries
          FROM unnest($1) AS author (id)
         CROSS JOIN LATERAL (
               {PageStart}
               SELECT follower_id, shows_boosts
                 FROM follows
                WHERE followee_id = author.id
                ORDER BY follower_id
                LIMIT $2
               {PageEnd}) AS page (entries)
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
        if (audience is Audience.OfReply reply)
            command.Parameters.Add(new() { Value = reply.RepliedToId });
        if (audience is Audience.OfMention mention)
            command.Parameters.Add(new() { Value = mention.AccountIds.ToArray() });
        command.CommandText = PageStart + Sql(audience) + PageEnd;

        return Unpack(await command.ExecuteScalarAsync(cancellationToken));
    }

    /// <summary>The first page of everybody who follows each of the authors.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<Follower>>> FirstPages(
        long[] authorIds, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
        command.CommandText = FirstPagesSql;
        command.Parameters.Add(new() { Value = authorIds });
        command.Parameters.Add(new() { Value = limit });
        var pages = new Dictionary<long, IReadOnlyList<Follower>>(authorIds.Length);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            pages[rows.GetInt64(0)] = Unpack(rows.GetValue(1));
        return pages;
    }

    private static Follower[] Unpack(object? page) => page is long[] entries
        ? Array.ConvertAll(entries, entry => entry >= 0 ? new Follower(entry, true) : new Follower(~entry, false))
        : [];

    private static string Sql(Audience audience) => audience switch
    {
        Audience.Everyone => EveryoneSql,
        Audience.OfBoosts => OfBoostsSql,
        Audience.OfReply => OfReplySql,
        Audience.OfMention => OfMentionSql,
        _ => throw new InvalidOperationException($"There is no query for {audience}."),
    };
}
