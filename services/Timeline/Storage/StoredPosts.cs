using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Loads posts from Postgres and puts their snapshots back into Redis. Deleted posts do not exist here.
/// </summary>
internal sealed class StoredPosts : IMissingPosts
{
    /// <summary>Posts that one statement loads.</summary>
    private const int PostsPerQueryMax = 1_000;

    private const string Sql =
        $"""
        SELECT {PostRows.Columns},
               coalesce(replies, 0), coalesce(boosts, 0), coalesce(favourites, 0), coalesce(version, 0)
          FROM posts
          LEFT JOIN post_counts ON post_counts.post_id = posts.id
         WHERE posts.id = ANY($1) AND deleted_at IS NULL
        """;

    private readonly PostgresReads _database;
    private readonly PostDirectory _snapshots;

    public StoredPosts(PostgresReads database, RedisGateway redis)
    {
        _database = database;
        _snapshots = new(redis, missingPosts: this);
    }

    public async Task<IReadOnlyList<StoredPost>> Load(IReadOnlyList<long> postIds, CancellationToken cancellationToken)
    {
        var posts = new List<StoredPost>(postIds.Count);
        foreach (var some in postIds.Chunk(PostsPerQueryMax))
            await Read(some, posts, cancellationToken);
        if (posts.Count > 0)
            await SpareWrites.Try(() => _snapshots.Restore(posts));
        return posts;
    }

    private async Task Read(long[] postIds, List<StoredPost> posts, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = postIds });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var counts = new PostCounts(
                rows.GetInt64(PostRows.ColumnCount),
                rows.GetInt64(PostRows.ColumnCount + 1),
                rows.GetInt64(PostRows.ColumnCount + 2),
                rows.GetInt64(PostRows.ColumnCount + 3));
            posts.Add(new(PostRows.Read(rows), counts));
        }
    }
}
