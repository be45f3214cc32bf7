using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>How often a post was answered, boosted and favourited.</summary>
internal sealed class PostCounters(Database database, RedisGateway redis) : Counters(database)
{
    private const string PostsSql = "SELECT id FROM posts.posts WHERE id > $1 ORDER BY id LIMIT $2";

    private const string Counted =
        """
        SELECT post.id AS post_id,
               (SELECT count(*) FROM posts.posts AS reply
                 WHERE reply.in_reply_to_id = post.id AND reply.deleted_at IS NULL AND reply.visibility < 2) AS answers,
               (SELECT count(*) FROM posts.posts AS boost
                 WHERE boost.boost_of_id = post.id AND boost.deleted_at IS NULL) AS boosted,
               (SELECT count(*) FROM posts.favourites
                 WHERE favourites.post_id = post.id AND is_active) AS liked
          FROM unnest($1) AS post (id)
        """;

    private const string DifferentSql =
        $"""
        SELECT counted.post_id,
               format('%s replies, %s boosts, %s favourites', coalesce(replies, 0), coalesce(boosts, 0),
                      coalesce(favourites, 0)),
               format('%s, %s, %s', answers, boosted, liked)
          FROM ({Counted}) AS counted
          LEFT JOIN posts.post_counts ON post_counts.post_id = counted.post_id
         WHERE (coalesce(replies, 0), coalesce(boosts, 0), coalesce(favourites, 0)) <> (answers, boosted, liked)
        """;

    private const string EnsureSql =
        """
        INSERT INTO posts.post_counts (post_id, replies, boosts, favourites, version)
        SELECT id, 0, 0, 0, 1 FROM unnest($1) AS post (id) ORDER BY id
            ON CONFLICT DO NOTHING
        """;

    // Whoever changes what is counted here locks the rows as well, and adds to them at the end.
    private const string LockSql =
        "SELECT FROM posts.post_counts WHERE post_id = ANY($1) ORDER BY post_id FOR NO KEY UPDATE";

    private const string CorrectSql =
        $"""
        UPDATE posts.post_counts
           SET replies = answers, boosts = boosted, favourites = liked, version = version + 1
          FROM ({Counted}) AS counted
         WHERE post_counts.post_id = counted.post_id
           AND (replies, boosts, favourites) <> (answers, boosted, liked)
        """;

    public override string Title => "Counters of posts";

    protected override string SubjectsSql => PostsSql;

    protected override string CompareSql => DifferentSql;

    protected override IReadOnlyList<string> RepairSql => [EnsureSql, LockSql, CorrectSql];

    protected override Difference Differs(long id, string kept, string counted) =>
        new(Ids.Text(id), $"Postgres counts {kept} of post {id}; there are {counted}");

    protected override Task DropCopies(long[] ids) => redis.Run(store =>
        Task.WhenAll(ids.Select(postId => store.KeyDeleteAsync(PostSnapshots.CountsKey(postId)))));
}
