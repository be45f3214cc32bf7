namespace Microblog.Admin.Check;

/// <summary>What belongs into which list, as questions to Postgres.</summary>
internal static class ListRules
{
    /// <summary>A read leaves it out, and it may stand there.</summary>
    public const string LeftOut = "left out";

    /// <summary>It has no business there.</summary>
    public const string Foreign = "foreign";

    /// <summary>
    /// Posts that a home timeline must hold. <c>$1</c> readers, <c>$2</c> from which id on each list must be without a
    /// gap. As FollowGraph sends posts and as Timeline reads them from Postgres, but for replies that went out before
    /// the reader followed the one replied to: he did not get them then, and does not now.
    /// </summary>
    // 655360000 is ten seconds in ids: a follow just before a post need not have been seen by it.
    public const string HomeSql =
        """
        SELECT reader.id, post.id
          FROM unnest($1, $2) AS reader (id, floor)
         CROSS JOIN LATERAL (
                SELECT reader.id AS author_id, true AS shows_boosts, 0::bigint AS follow_id
                UNION ALL
                SELECT followee_id, shows_boosts, follow_id
                  FROM graph.followees
                 WHERE follower_id = reader.id) AS author
         CROSS JOIN LATERAL (
                SELECT posts.id
                  FROM posts.posts
                 WHERE posts.author_id = author.author_id AND posts.deleted_at IS NULL AND posts.id >= reader.floor
                   AND (posts.author_id = reader.id
                        OR ((posts.visibility < 3 OR reader.id = ANY(posts.mentioned_ids))
                            AND (posts.boost_of_id IS NULL OR author.shows_boosts)
                            AND (posts.in_reply_to_author_id IS NULL
                                 OR posts.in_reply_to_author_id IN (posts.author_id, reader.id)
                                 OR EXISTS (
                                        SELECT FROM graph.followees AS other
                                         WHERE other.follower_id = reader.id
                                           AND other.followee_id = posts.in_reply_to_author_id
                                           AND (other.follow_id + 655360000 < posts.id
                                                OR author.follow_id > posts.id)))))
                 ORDER BY posts.id DESC
                 LIMIT 1000) AS post
        """;

    /// <summary>
    /// What an entry of a home timeline is that does not belong there: <c>$1</c> readers, <c>$2</c> ids.
    /// </summary>
    public const string HomeVerdictSql =
        """
        SELECT entry.owner_id, entry.post_id, coalesce(posts.author_id, 0),
               CASE WHEN posts.id IS NULL THEN 'unknown'
                    WHEN posts.deleted_at IS NOT NULL OR posts.author_id = entry.owner_id
                      OR EXISTS (SELECT FROM graph.followees
                                  WHERE follower_id = entry.owner_id AND followee_id = posts.author_id)
                    THEN 'left out'
                    ELSE 'foreign' END
          FROM unnest($1, $2) AS entry (owner_id, post_id)
          LEFT JOIN posts.posts ON posts.id = entry.post_id
        """;

    /// <summary>The same for authors' own lists.</summary>
    public const string AuthorSql =
        """
        SELECT author.id, post.id
          FROM unnest($1, $2) AS author (id, floor)
         CROSS JOIN LATERAL (
                SELECT posts.id
                  FROM posts.posts
                 WHERE posts.author_id = author.id AND posts.deleted_at IS NULL AND posts.id >= author.floor
                 ORDER BY posts.id DESC
                 LIMIT 1000) AS post
        """;

    /// <summary>The same for authors' own lists.</summary>
    public const string AuthorVerdictSql =
        """
        SELECT entry.owner_id, entry.post_id, coalesce(posts.author_id, 0),
               CASE WHEN posts.id IS NULL THEN 'unknown'
                    WHEN posts.author_id = entry.owner_id THEN 'left out'
                    ELSE 'foreign' END
          FROM unnest($1, $2) AS entry (owner_id, post_id)
          LEFT JOIN posts.posts ON posts.id = entry.post_id
        """;
}
