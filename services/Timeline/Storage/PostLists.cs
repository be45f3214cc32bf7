using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>The lists of posts that are read from Postgres alone.</summary>
internal sealed class PostLists(PostgresReads database)
{
    private const string Public =
        """
        SELECT id, id
          FROM posts
         WHERE deleted_at IS NULL AND visibility = 0 AND boost_of_id IS NULL
           AND (in_reply_to_author_id IS NULL OR in_reply_to_author_id = author_id)
           AND id < $1 AND id > $2
        """;

    // Per tag, because only then the index gives the order: a popular tag would have to be read whole. A post with
    // several of the tags comes out once.
    private const string TaggedDown =
        $"{Tagged} ORDER BY post_id DESC LIMIT $3) AS found ORDER BY 1 DESC LIMIT $3";

    private const string TaggedUp = $"{Tagged} ORDER BY post_id LIMIT $3) AS found ORDER BY 1 LIMIT $3";

    private const string Tagged =
        """
        SELECT DISTINCT found.post_id, found.post_id
          FROM unnest($4) AS any_of (tag)
         CROSS JOIN LATERAL (
                SELECT post_id
                  FROM post_tags AS used
                 WHERE used.tag = any_of.tag AND post_id < $1 AND post_id > $2
                   AND NOT EXISTS (
                        SELECT FROM unnest($5) AS all_of (tag)
                         WHERE NOT EXISTS (
                                SELECT FROM post_tags WHERE tag = all_of.tag AND post_id = used.post_id))
                   AND NOT EXISTS (SELECT FROM post_tags WHERE tag = ANY($6) AND post_id = used.post_id)
        """;

    private const string Favourites =
        """
        SELECT change_id, post_id FROM favourites
         WHERE account_id = $4 AND is_active AND change_id < $1 AND change_id > $2
        """;

    private const string Bookmarks =
        """
        SELECT change_id, post_id FROM bookmarks
         WHERE account_id = $4 AND is_active AND change_id < $1 AND change_id > $2
        """;

    private const string Down = " ORDER BY 1 DESC LIMIT $3";

    private const string Up = " ORDER BY 1 LIMIT $3";

    /// <summary>Public posts that are neither boosts nor replies to others.</summary>
    public IPostSource OfEverybody() => new KeysetQuery(database, Public + Down, Public + Up);

    /// <summary>Public posts that have one of some tags, all of others and none of yet others, in lower case.</summary>
    public IPostSource WithTags(string[] any, string[] all, string[] none) =>
        new KeysetQuery(database, TaggedDown, TaggedUp, any, all, none);

    /// <summary>What an account favourited, by the time at which it did. The cursor is the favourite's id.</summary>
    public IPostSource FavouritedBy(long accountId) =>
        new KeysetQuery(database, Favourites + Down, Favourites + Up, accountId);

    /// <summary>What an account bookmarked, by the time at which it did. The cursor is the bookmark's id.</summary>
    public IPostSource BookmarkedBy(long accountId) =>
        new KeysetQuery(database, Bookmarks + Down, Bookmarks + Up, accountId);
}
