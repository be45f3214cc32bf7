using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>How many posts somebody wrote, and when the last.</summary>
internal sealed class AuthorCounters(Database database, RedisGateway redis) : Counters(database)
{
    // Everybody, because the row of somebody who posted may be missing.
    private const string AuthorsSql = "SELECT id FROM accounts.users WHERE id > $1 ORDER BY id LIMIT $2";

    private const string Counted =
        """
        SELECT author.id AS author_id, count(posts.id) AS live,
               max((posts.created_at AT TIME ZONE 'UTC')::date) AS newest
          FROM unnest($1) AS author (id)
          LEFT JOIN posts.posts
            ON posts.author_id = author.id AND posts.deleted_at IS NULL AND posts.visibility < 3
         GROUP BY author.id
        """;

    private const string DifferentSql =
        $"""
        SELECT counted.author_id,
               format('%s posts, the last on %s', coalesce(posts_count, 0), coalesce(last_post_on::text, 'no day')),
               format('%s, on %s', live, coalesce(newest::text, 'no day'))
          FROM ({Counted}) AS counted
          LEFT JOIN posts.authors ON authors.author_id = counted.author_id
         WHERE (coalesce(posts_count, 0), last_post_on) IS DISTINCT FROM (live, newest)
        """;

    private const string EnsureSql =
        """
        INSERT INTO posts.authors (author_id, posts_count, version)
        SELECT id, 0, 1 FROM unnest($1) AS author (id) ORDER BY id
            ON CONFLICT DO NOTHING
        """;

    // Whoever stores a post of these authors locks the rows as well, and adds to them when it has stored.
    private const string LockSql =
        "SELECT FROM posts.authors WHERE author_id = ANY($1) ORDER BY author_id FOR NO KEY UPDATE";

    private const string CorrectSql =
        $"""
        UPDATE posts.authors
           SET posts_count = live, last_post_on = newest, version = version + 1
          FROM ({Counted}) AS counted
         WHERE authors.author_id = counted.author_id
           AND (posts_count, last_post_on) IS DISTINCT FROM (live, newest)
        """;

    public override string Title => "Counters of authors";

    protected override string SubjectsSql => AuthorsSql;

    protected override string CompareSql => DifferentSql;

    protected override IReadOnlyList<string> RepairSql => [EnsureSql, LockSql, CorrectSql];

    protected override Task DropCopies(long[] ids) => CopiedFields.Drop(redis, ids, AccountSnapshots.Posts);
}
