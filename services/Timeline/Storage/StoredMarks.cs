using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Loads an account's newest marks from Postgres and completes those in Redis. What Ingest has written there in the
/// meantime is newer and stays.
/// </summary>
internal sealed class StoredMarks(PostgresReads database, RedisGateway redis) : IMissingMarks
{
    private const string FavouritesSql =
        """
        SELECT post_id, 1::bigint FROM favourites
         WHERE account_id = $1 AND is_active
         ORDER BY change_id DESC
         LIMIT $2
        """;

    private const string BookmarksSql =
        """
        SELECT post_id, 1::bigint FROM bookmarks
         WHERE account_id = $1 AND is_active
         ORDER BY change_id DESC
         LIMIT $2
        """;

    private const string OfPostsSql =
        """
        SELECT post_id, bool_or(kind = 'favourite'), bool_or(kind = 'bookmark'), max(boost_id)
          FROM (SELECT post_id, 'favourite' AS kind, 0::bigint AS boost_id
                  FROM favourites
                 WHERE account_id = $1 AND is_active AND post_id = ANY($2)
                UNION ALL
                SELECT post_id, 'bookmark', 0
                  FROM bookmarks
                 WHERE account_id = $1 AND is_active AND post_id = ANY($2)
                UNION ALL
                SELECT boost_of_id, 'boost', id
                  FROM posts
                 WHERE author_id = $1 AND boost_of_id = ANY($2) AND deleted_at IS NULL) AS mark
         GROUP BY post_id
        """;

    private const string BoostsSql =
        """
        SELECT boost_of_id, id
          FROM posts
         WHERE author_id = $1 AND boost_of_id IS NOT NULL AND deleted_at IS NULL
         ORDER BY boost_of_id DESC
         LIMIT $2
        """;

    public async Task<IReadOnlyList<PostMark>> Load(long accountId, CancellationToken cancellationToken)
    {
        var favourites = await Read(FavouritesSql, accountId, cancellationToken);
        var bookmarks = await Read(BookmarksSql, accountId, cancellationToken);
        var boosts = await Read(BoostsSql, accountId, cancellationToken);
        var marks = favourites.Keys.Union(bookmarks.Keys).Union(boosts.Keys)
            .Select(postId => new PostMark(
                postId,
                favourites.ContainsKey(postId),
                bookmarks.ContainsKey(postId),
                boosts.GetValueOrDefault(postId)))
            .ToArray();
        await SpareWrites.Try(() => Complete(accountId, marks));
        return marks;
    }

    public async Task<IReadOnlyList<PostMark>> Find(
        long accountId,
        IReadOnlyCollection<long> postIds,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(OfPostsSql);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = postIds.ToArray() });
        var marks = new List<PostMark>(postIds.Count);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            marks.Add(new(rows.GetInt64(0), rows.GetBoolean(1), rows.GetBoolean(2), rows.GetInt64(3)));
        return marks;
    }

    private Task Complete(long accountId, IEnumerable<PostMark> marks) => redis.Run(async store =>
    {
        RedisKey key = PostMarks.Key(accountId);
        await Task.WhenAll(marks.SelectMany(Fields)
            .Select(field => store.HashSetAsync(key, field.Name, field.Value, When.NotExists)));
        // Last: until then absence means nothing.
        await store.HashSetAsync(
            key, [new(PostMarks.CompleteField, 1), new(PostMarks.ChangeField, PostMarks.NewChange())]);
        await store.KeyExpireAsync(key, PostMarks.Lifetime);
    });

    private static IEnumerable<HashEntry> Fields(PostMark mark)
    {
        if (mark.IsFavourite)
            yield return new(PostMarks.Favourite(mark.PostId), 1);
        if (mark.IsBookmarked)
            yield return new(PostMarks.Bookmark(mark.PostId), 1);
        if (mark.BoostId != 0)
            yield return new(PostMarks.Boost(mark.PostId), mark.BoostId);
    }

    private async Task<Dictionary<long, long>> Read(string sql, long accountId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = PostMarks.RestoredMax });
        var marks = new Dictionary<long, long>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            marks[rows.GetInt64(0)] = rows.GetInt64(1);
        return marks;
    }
}
