using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>
/// What belongs into one reader's home timeline, from Postgres: posts of the reader and of those he follows. A coarse
/// sieve like FollowGraph's, so that a page need not be refilled often; <see cref="PostSieve"/> has the last word.
/// </summary>
/// <param name="authorIds">The reader and whom he follows.</param>
/// <param name="quietAuthorIds">Those of them whose boosts he does not want.</param>
internal sealed class HomePosts(
    PostgresReads database,
    long readerId,
    long[] authorIds,
    long[] quietAuthorIds) : IPostSource
{
    // Per author, because Postgres cannot know whether the authors write often: scanning all posts for those of a few
    // quiet ones would read the whole table. First a few of each. An author's next posts lie behind his last here, and
    // so are wanted only where that lies before the last of the wanted many; which is the threshold algorithm of Fagin,
    // Lotem and Naor, "Optimal aggregation algorithms for middleware", 2003.
    private const string SqlBelow =
        $"""
        WITH found AS MATERIALIZED (
            SELECT author.id AS author_id, post.id
              FROM unnest($1) AS author (id)
             CROSS JOIN LATERAL (
                    SELECT posts.id
                      FROM posts
                     WHERE posts.author_id = author.id {Sieve}
                     ORDER BY posts.id DESC
                     LIMIT $7) AS post),
        threshold AS (SELECT coalesce((SELECT id FROM found ORDER BY id DESC OFFSET $4 - 1 LIMIT 1), $3) AS id)
        SELECT id FROM found
         UNION ALL
        SELECT post.id
          FROM (SELECT author_id AS id, min(found.id) AS reached FROM found GROUP BY author_id HAVING count(*) = $7)
            AS author
          JOIN threshold ON author.reached > threshold.id
         CROSS JOIN LATERAL (
                SELECT posts.id
                  FROM posts
                 WHERE posts.author_id = author.id AND posts.id < author.reached AND posts.id > threshold.id {Sieve}
                 ORDER BY posts.id DESC
                 LIMIT $4) AS post
         ORDER BY id DESC
         LIMIT $4
        """;

    private const string SqlAbove =
        $"""
        WITH found AS MATERIALIZED (
            SELECT author.id AS author_id, post.id
              FROM unnest($1) AS author (id)
             CROSS JOIN LATERAL (
                    SELECT posts.id
                      FROM posts
                     WHERE posts.author_id = author.id {Sieve}
                     ORDER BY posts.id
                     LIMIT $7) AS post),
        threshold AS (SELECT coalesce((SELECT id FROM found ORDER BY id OFFSET $4 - 1 LIMIT 1), $2) AS id)
        SELECT id FROM found
         UNION ALL
        SELECT post.id
          FROM (SELECT author_id AS id, max(found.id) AS reached FROM found GROUP BY author_id HAVING count(*) = $7)
            AS author
          JOIN threshold ON author.reached < threshold.id
         CROSS JOIN LATERAL (
                SELECT posts.id
                  FROM posts
                 WHERE posts.author_id = author.id AND posts.id > author.reached AND posts.id < threshold.id {Sieve}
                 ORDER BY posts.id
                 LIMIT $4) AS post
         ORDER BY id
         LIMIT $4
        """;

    private const string Sieve =
        """
        AND posts.deleted_at IS NULL AND posts.id < $2 AND posts.id > $3
        AND (posts.author_id = $5
             OR ((posts.in_reply_to_author_id IS NULL OR posts.in_reply_to_author_id = posts.author_id
                  OR posts.in_reply_to_author_id = ANY($1))
                 AND (posts.visibility < 3 OR $5 = ANY(posts.mentioned_ids))
                 AND (posts.boost_of_id IS NULL OR posts.author_id <> ALL($6))))
        """;

    /// <summary>
    /// Posts read first, of all authors together, for each one wanted: of authors who write equally often twice as many
    /// mostly suffice.
    /// </summary>
    private const int FirstPerWanted = 2;

    public Task<IReadOnlyList<PageEntry>> Below(
        long below,
        long above,
        int count,
        CancellationToken cancellationToken) =>
        Read(SqlBelow, below, above, count, cancellationToken);

    public Task<IReadOnlyList<PageEntry>> Above(
        long above,
        long below,
        int count,
        CancellationToken cancellationToken) =>
        Read(SqlAbove, below, above, count, cancellationToken);

    private async Task<IReadOnlyList<PageEntry>> Read(
        string sql,
        long below,
        long above,
        int count,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = authorIds });
        command.Parameters.Add(new() { Value = below });
        command.Parameters.Add(new() { Value = above });
        command.Parameters.Add(new() { Value = count });
        command.Parameters.Add(new() { Value = readerId });
        command.Parameters.Add(new() { Value = quietAuthorIds });
        command.Parameters.Add(new() { Value = Math.Clamp(FirstPerWanted * count / authorIds.Length, 1, count) });
        return [.. (await PostRows.ReadIds(command, cancellationToken)).Select(PageEntry.Of)];
    }
}
