using System.Buffers.Binary;
using Microblog.ServiceDefaults.Postgres;
using Npgsql;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Reads an audience page by page, by key: OFFSET would scan every earlier page again for authors with many followers.
/// A page is some packs of followers as they stand, which Postgres need not take apart.
/// </summary>
internal sealed class Followers(PostgresReads database)
{
    private const string PageSql =
        """
        SELECT account_id, first_follow_id, array_send(other_ids), without_boosts
          FROM follower_packs
         WHERE account_id = $1 AND first_follow_id > $2
         ORDER BY first_follow_id
         LIMIT $3
        """;

    private const string FirstPagesSql =
        """
        SELECT pack.account_id, pack.first_follow_id, array_send(pack.other_ids), pack.without_boosts
          FROM unnest($1) AS author (id)
         CROSS JOIN LATERAL (
               SELECT *
                 FROM follower_packs
                WHERE account_id = author.id
                ORDER BY first_follow_id
                LIMIT $2) AS pack
        """;

    // Each follower is looked up among those whom he follows, who are bounded; the other's followers are not.
    private const string CommonPageSql =
        """
        SELECT account_id,
               first_follow_id,
               array_send(ARRAY(
                 SELECT follower.id
                   FROM unnest(other_ids) AS follower (id)
                  WHERE EXISTS (SELECT FROM followee_packs AS theirs
                                 WHERE theirs.account_id = follower.id AND $4 = ANY (theirs.other_ids)))),
               without_boosts
          FROM follower_packs
         WHERE account_id = $1 AND first_follow_id > $2
         ORDER BY first_follow_id
         LIMIT $3
        """;

    // Of two, those of the one who has fewer followers are read and the other's looked up.
    private const string StartOfReplySql =
        """
        SELECT COALESCE((SELECT followers_count FROM people WHERE account_id = $2), 0)
                   < COALESCE((SELECT followers_count FROM people WHERE account_id = $1), 0),
               EXISTS (SELECT FROM followees WHERE follower_id = $2 AND followee_id = $1)
        """;

    private const string OfMentionSql =
        "SELECT follower_id, shows_boosts FROM followees WHERE follower_id = ANY ($2) AND followee_id = $1";

    /// <summary>The page that begins after the cursor, or the first one.</summary>
    /// <param name="limit">Readers at most; those of a pack, where it is less than a pack.</param>
    public Task<FollowersPage> Page(
        Audience audience,
        FollowersCursor? after,
        int limit,
        CancellationToken cancellationToken) =>
        audience switch
        {
            Audience.Everyone => Everyone(audience, after, limit, cancellationToken),
            Audience.OfBoosts => OfBoosts(audience, after, limit, cancellationToken),
            Audience.OfReply reply => OfReply(reply, after, limit, cancellationToken),
            Audience.OfMention mention => OfMention(mention, cancellationToken),
            _ => throw new InvalidOperationException($"There is no query for {audience}."),
        };

    /// <summary>The first page of everybody who follows each of the authors.</summary>
    public async Task<IReadOnlyDictionary<long, FollowersPage>> FirstPages(
        long[] authorIds, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FirstPagesSql);
        command.Parameters.Add(new() { Value = authorIds });
        command.Parameters.Add(new() { Value = PacksMax(limit) });
        var packs = (await Read(command, cancellationToken)).ToLookup(pack => pack.AccountId);
        return authorIds.Distinct().ToDictionary(id => id, id => PageOf([.. packs[id]], PacksMax(limit)));
    }

    private Task<FollowersPage> Everyone(
        Audience audience, FollowersCursor? after, int limit, CancellationToken cancellationToken) =>
        Packs(PageSql, after ?? new(audience.AuthorId, 0), limit, [], cancellationToken);

    private async Task<FollowersPage> OfBoosts(
        Audience audience, FollowersCursor? after, int limit, CancellationToken cancellationToken)
    {
        var page = await Everyone(audience, after, limit, cancellationToken);
        return page with { Followers = [.. page.Followers.Where(follower => follower.ShowsBoosts)] };
    }

    private async Task<FollowersPage> OfReply(
        Audience.OfReply reply, FollowersCursor? after, int limit, CancellationToken cancellationToken)
    {
        if (after is { } cursor)
        {
            var otherId = cursor.AccountId == reply.AuthorId ? reply.RepliedToId : reply.AuthorId;
            return await Packs(CommonPageSql, cursor, limit, [otherId], cancellationToken);
        }

        var (startId, isRepliedToFollower) = await StartOf(reply, cancellationToken);
        var page = await OfReply(reply, new FollowersCursor(startId, 0), limit, cancellationToken);
        return isRepliedToFollower
            ? page with { Followers = [.. page.Followers, new(reply.RepliedToId, ShowsBoosts: true)] }
            : page;
    }

    private async Task<(long StartId, bool IsRepliedToFollower)> StartOf(
        Audience.OfReply reply, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(StartOfReplySql);
        command.Parameters.Add(new() { Value = reply.AuthorId });
        command.Parameters.Add(new() { Value = reply.RepliedToId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetBoolean(0) ? reply.RepliedToId : reply.AuthorId, row.GetBoolean(1));
    }

    private async Task<FollowersPage> OfMention(Audience.OfMention mention, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(OfMentionSql);
        command.Parameters.Add(new() { Value = mention.AuthorId });
        command.Parameters.Add(new() { Value = mention.AccountIds.ToArray() });
        var followers = new List<Follower>(mention.AccountIds.Count);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            followers.Add(new(rows.GetInt64(0), rows.GetBoolean(1)));
        return new(followers, Next: null);
    }

    private async Task<FollowersPage> Packs(
        string sql, FollowersCursor after, int limit, long[] otherIds, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var id in (long[])[after.AccountId, after.PackId])
            command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = PacksMax(limit) });
        foreach (var id in otherIds)
            command.Parameters.Add(new() { Value = id });
        return PageOf(await Read(command, cancellationToken), PacksMax(limit));
    }

    private static async Task<IReadOnlyList<Pack>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var packs = new List<Pack>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            packs.Add(new(
                rows.GetInt64(0),
                rows.GetInt64(1),
                Ids(rows.GetFieldValue<byte[]>(2)),
                rows.GetFieldValue<long[]>(3)));
        return packs;
    }

    /// <summary>
    /// An array of <c>bigint</c> as Postgres sends it (<c>array_send</c>): Npgsql's own reader takes each element for
    /// itself, which was a quarter of the time of expanding an audience.
    /// </summary>
    private static long[] Ids(ReadOnlySpan<byte> sent)
    {
        // Dimensions, whether there are nulls, the type; of the dimension its length and where it begins.
        const int LengthAt = 12;
        const int ElementsAt = 20;
        const int ElementBytes = sizeof(int) + sizeof(long);
        if (BinaryPrimitives.ReadInt32BigEndian(sent) == 0)
            return [];

        var ids = new long[BinaryPrimitives.ReadInt32BigEndian(sent[LengthAt..])];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = BinaryPrimitives.ReadInt64BigEndian(sent[(ElementsAt + (i * ElementBytes) + sizeof(int))..]);
        return ids;
    }

    private static int PacksMax(int limit) => Math.Max(1, limit / FollowPacks.FollowsMax);

    private static FollowersPage PageOf(IReadOnlyList<Pack> packs, int packsMax)
    {
        var followers = new List<Follower>(packs.Sum(pack => pack.FollowerIds.Length));
        foreach (var pack in packs)
        {
            foreach (var id in pack.FollowerIds)
                followers.Add(new(id, ShowsBoosts: !pack.WithoutBoosts.Contains(id)));
        }

        return new(followers, packs.Count < packsMax ? null : new(packs[^1].AccountId, packs[^1].Id));
    }

    private sealed record Pack(long AccountId, long Id, long[] FollowerIds, long[] WithoutBoosts);
}
