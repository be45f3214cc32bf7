using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// What one transaction changes in the counters. Only rows that the transaction itself made live or took away are
/// added, so that the counters always agree with the rows, whatever is delivered twice or out of order.
/// </summary>
internal sealed class CountChanges
{
    // Sorted, so that two transactions lock the rows they share in the same order.
    private const string PostsSql =
        """
        INSERT INTO post_counts (post_id, replies, boosts, favourites, version)
        SELECT post_id, replies, boosts, favourites, 1
          FROM unnest($1, $2, $3, $4) AS change (post_id, replies, boosts, favourites)
         ORDER BY post_id
            ON CONFLICT (post_id) DO UPDATE
           SET replies = post_counts.replies + EXCLUDED.replies,
               boosts = post_counts.boosts + EXCLUDED.boosts,
               favourites = post_counts.favourites + EXCLUDED.favourites,
               version = post_counts.version + 1
        """;

    private const string AuthorsSql =
        """
        INSERT INTO authors (author_id, posts_count, last_post_on, version)
        SELECT author_id, posts_count, last_post_on, 1
          FROM unnest($1, $2, $3) AS change (author_id, posts_count, last_post_on)
         ORDER BY author_id
            ON CONFLICT (author_id) DO UPDATE
           SET posts_count = authors.posts_count + EXCLUDED.posts_count,
               last_post_on = GREATEST(authors.last_post_on, EXCLUDED.last_post_on),
               version = authors.version + 1
        """;

    // After AuthorsSql has locked the rows: whoever stores a post of these authors now waits, so nothing is overlooked.
    private const string LastPostSql =
        """
        UPDATE authors
           SET last_post_on = (
                SELECT (created_at AT TIME ZONE 'UTC')::date
                  FROM posts
                 WHERE posts.author_id = authors.author_id AND deleted_at IS NULL AND visibility < 3
                 ORDER BY id DESC
                 LIMIT 1)
         WHERE author_id = ANY($1)
        """;

    private readonly Dictionary<long, (long Replies, long Boosts, long Favourites)> _posts = [];
    private readonly Dictionary<long, (long Posts, DateOnly? LastPostOn)> _authors = [];
    private readonly HashSet<long> _authorsWithRemovals = [];

    public void Added(PostFacts post) => Count(post, sign: 1);

    public void Removed(PostFacts post)
    {
        Count(post, sign: -1);
        _authorsWithRemovals.Add(post.AuthorId);
    }

    public void Favourited(long postId, int change) => Change(postId, favourites: change);

    public async Task Apply(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_posts.Count > 0)
            await ApplyPosts(connection, cancellationToken);
        if (_authors.Count > 0)
            await ApplyAuthors(connection, cancellationToken);
    }

    // What only those mentioned may see is in no public number; replies that not everyone may see neither.
    private void Count(PostFacts post, int sign)
    {
        if (post.BoostOfId is { } boosted)
            Change(boosted, boosts: sign);
        if (post is { InReplyToId: { } parent, Visibility: <= Visibility.Unlisted })
            Change(parent, replies: sign);
        if (post.Visibility == Visibility.Direct)
            return;

        var (posts, lastPostOn) = _authors.GetValueOrDefault(post.AuthorId);
        var day = DateOnly.FromDateTime(post.CreatedAt.UtcDateTime);
        if (sign > 0 && (lastPostOn is null || day > lastPostOn))
            lastPostOn = day;
        _authors[post.AuthorId] = (posts + sign, lastPostOn);
    }

    private void Change(long postId, int replies = 0, int boosts = 0, int favourites = 0)
    {
        var (ofReplies, ofBoosts, ofFavourites) = _posts.GetValueOrDefault(postId);
        _posts[postId] = (ofReplies + replies, ofBoosts + boosts, ofFavourites + favourites);
    }

    private async Task ApplyPosts(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PostsSql, connection)
        {
            Parameters =
            {
                new() { Value = _posts.Keys.ToArray() },
                new() { Value = _posts.Values.Select(change => change.Replies).ToArray() },
                new() { Value = _posts.Values.Select(change => change.Boosts).ToArray() },
                new() { Value = _posts.Values.Select(change => change.Favourites).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ApplyAuthors(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand(AuthorsSql, connection)
        {
            Parameters =
            {
                new() { Value = _authors.Keys.ToArray() },
                new() { Value = _authors.Values.Select(change => change.Posts).ToArray() },
                new() { Value = _authors.Values.Select(change => change.LastPostOn).ToArray() },
            },
        };
        await count.ExecuteNonQueryAsync(cancellationToken);
        if (_authorsWithRemovals.Count == 0)
            return;

        await using var lastPost = new NpgsqlCommand(LastPostSql, connection)
        {
            Parameters = { new() { Value = _authorsWithRemovals.ToArray() } },
        };
        await lastPost.ExecuteNonQueryAsync(cancellationToken);
    }
}
