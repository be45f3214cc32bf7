using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Stores posts, each once, whatever was delivered before. The database is the arbiter: of two posts with one
/// idempotency key (within an hour) the first in stays, of two boosts of one post by one account the newest. A loser
/// becomes a tombstone (<c>is_retracted</c>), which <see cref="Retractions"/> finds again until its deletion is
/// announced.
/// </summary>
internal sealed class PostWriter(NpgsqlDataSource database)
{
    // A concurrent transaction can take a key between two rounds; it cannot go on doing so with the same posts.
    private const int RoundsMax = 10;

    // A deletion that came first knows nothing of a boost's target, which the rule of the newest boost needs.
    private const string FillTombstonesSql =
        """
        UPDATE posts
           SET boost_of_id = boost.boost_of_id, boost_of_author_id = boost.boost_of_author_id
          FROM unnest($1, $2, $3, $4) AS boost (id, author_id, boost_of_id, boost_of_author_id)
         WHERE posts.id = boost.id AND posts.deleted_at IS NOT NULL AND posts.boost_of_id IS NULL
        """;

    private const string RetractOlderBoostsSql =
        """
        UPDATE posts
           SET deleted_at = now(), is_retracted = true
          FROM unnest($1, $2, $3) AS boost (id, author_id, boost_of_id)
         WHERE posts.author_id = boost.author_id AND posts.boost_of_id = boost.boost_of_id
           AND posts.id < boost.id AND posts.deleted_at IS NULL
        RETURNING posts.id, posts.author_id, posts.visibility, posts.in_reply_to_id, posts.boost_of_id, posts.created_at
        """;

    // Otherwise the newer post could not take the key, and a repetition of its request would make a third post.
    private const string ReleaseKeysSql =
        """
        UPDATE posts
           SET idempotency_key = NULL
          FROM unnest($1, $2, $3) AS post (id, author_id, idempotency_key)
         WHERE posts.author_id = post.author_id AND posts.idempotency_key = post.idempotency_key
           AND (post.id >> 16) - (posts.id >> 16) >= $4
        """;

    private const string ExistingSql = "SELECT id FROM posts WHERE id = ANY($1)";

    private const string MentionsSql =
        """
        INSERT INTO mentions (account_id, post_id)
        SELECT account_id, post_id FROM unnest($1, $2) AS mention (account_id, post_id) ORDER BY 1, 2
            ON CONFLICT DO NOTHING
        """;

    private const string TagsSql =
        """
        INSERT INTO tags (name) SELECT DISTINCT tag FROM unnest($1) AS used (tag) ORDER BY tag ON CONFLICT DO NOTHING
        """;

    private const string PostTagsSql =
        """
        INSERT INTO post_tags (tag, post_id)
        SELECT tag, post_id FROM unnest($1, $2) AS used (tag, post_id) ORDER BY 1, 2
            ON CONFLICT DO NOTHING
        """;

    /// <summary>Returns when the posts and all that follows from them are committed.</summary>
    public async Task Store(IReadOnlyCollection<PostCreated> posts, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changes = new CountChanges();
        IReadOnlyList<PostCreated> pending = [.. posts.DistinctBy(post => post.PostId).OrderBy(post => post.PostId)];
        var live = new List<PostCreated>();
        for (var round = 0; pending.Count > 0; round++)
        {
            if (round == RoundsMax)
                throw new TimeoutException($"Post {pending[0].PostId} and {pending.Count - 1} others found no place.");
            await ReleaseKeys(connection, pending, cancellationToken);
            await RetractOlderBoosts(connection, pending, changes, cancellationToken);
            var inserted = await PostInsert.Run(connection, pending, cancellationToken);
            live.AddRange(pending.Where(post => inserted.GetValueOrDefault(post.PostId)));
            pending = await Missing(
                connection, [.. pending.Where(post => !inserted.ContainsKey(post.PostId))], cancellationToken);
        }

        live.ForEach(post => changes.Added(PostFacts.Of(post)));
        await AddMentions(connection, live, cancellationToken);
        await AddTags(connection, live, cancellationToken);
        await changes.Apply(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ReleaseKeys(
        NpgsqlConnection connection,
        IReadOnlyList<PostCreated> posts,
        CancellationToken cancellationToken)
    {
        var keyed = posts.Where(post => post.IdempotencyKey is not null).ToArray();
        if (keyed.Length == 0)
            return;
        await using var command = new NpgsqlCommand(ReleaseKeysSql, connection)
        {
            Parameters =
            {
                new() { Value = keyed.Select(post => post.PostId).ToArray() },
                new() { Value = keyed.Select(post => post.AuthorId).ToArray() },
                new() { Value = keyed.Select(post => post.IdempotencyKey).ToArray() },
                new() { Value = (long)PostInsert.KeyLifetime.TotalMilliseconds },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RetractOlderBoosts(
        NpgsqlConnection connection,
        IReadOnlyList<PostCreated> posts,
        CountChanges changes,
        CancellationToken cancellationToken)
    {
        var boosts = posts.Where(post => post.BoostOfId is not null).ToArray();
        if (boosts.Length == 0)
            return;

        var ids = boosts.Select(boost => boost.PostId).ToArray();
        var authorIds = boosts.Select(boost => boost.AuthorId).ToArray();
        var targets = boosts.Select(boost => boost.BoostOfId).OfType<long>().ToArray();
        await using var fill = new NpgsqlCommand(FillTombstonesSql, connection)
        {
            Parameters =
            {
                new() { Value = ids },
                new() { Value = authorIds },
                new() { Value = targets },
                new() { Value = boosts.Select(boost => boost.BoostOfAuthorId).ToArray() },
            },
        };
        await fill.ExecuteNonQueryAsync(cancellationToken);

        await using var retract = new NpgsqlCommand(RetractOlderBoostsSql, connection)
        {
            Parameters = { new() { Value = ids }, new() { Value = authorIds }, new() { Value = targets } },
        };
        await using var retracted = await retract.ExecuteReaderAsync(cancellationToken);
        while (await retracted.ReadAsync(cancellationToken))
            changes.Removed(PostRows.ReadFacts(retracted));
    }

    private static async Task<IReadOnlyList<PostCreated>> Missing(
        NpgsqlConnection connection,
        IReadOnlyList<PostCreated> posts,
        CancellationToken cancellationToken)
    {
        if (posts.Count == 0)
            return [];
        await using var command = new NpgsqlCommand(ExistingSql, connection)
        {
            Parameters = { new() { Value = posts.Select(post => post.PostId).ToArray() } },
        };
        var existing = await PostRows.ReadIds(command, cancellationToken);
        return [.. posts.ExceptBy(existing, post => post.PostId)];
    }

    private static async Task AddMentions(
        NpgsqlConnection connection,
        List<PostCreated> posts,
        CancellationToken cancellationToken)
    {
        var mentions = posts
            .SelectMany(post => post.Mentions, (post, mention) => (mention.AccountId, post.PostId))
            .ToArray();
        if (mentions.Length == 0)
            return;
        await using var command = new NpgsqlCommand(MentionsSql, connection)
        {
            Parameters =
            {
                new() { Value = mentions.Select(mention => mention.AccountId).ToArray() },
                new() { Value = mentions.Select(mention => mention.PostId).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task AddTags(
        NpgsqlConnection connection,
        List<PostCreated> posts,
        CancellationToken cancellationToken)
    {
        var used = posts.Where(post => post.Visibility == Visibility.Public)
            .SelectMany(post => post.Tags, (post, tag) => (Tag: tag, post.PostId))
            .ToArray();
        if (used.Length == 0)
            return;

        var names = used.Select(use => use.Tag).ToArray();
        await using var tags = new NpgsqlCommand(TagsSql, connection) { Parameters = { new() { Value = names } } };
        await tags.ExecuteNonQueryAsync(cancellationToken);
        await using var postTags = new NpgsqlCommand(PostTagsSql, connection)
        {
            Parameters = { new() { Value = names }, new() { Value = used.Select(use => use.PostId).ToArray() } },
        };
        await postTags.ExecuteNonQueryAsync(cancellationToken);
    }
}
