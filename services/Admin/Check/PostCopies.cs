using System.Text.Json;
using Microblog.Admin.Storage;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Admin.Check;

/// <summary>
/// Recent posts and their counters in Redis. A post that Postgres lacks was never confirmed, and then nobody but its
/// author sees it, unless it was delivered: then Postgres has lost it.
/// </summary>
internal sealed class PostCopies(Database database, RedisGateway redis, Broker broker, Owners owners) : IComparison
{
    private const string Sql =
        """
        SELECT post.id, posts.id IS NOT NULL, posts.deleted_at IS NOT NULL,
               coalesce(replies, 0), coalesce(boosts, 0), coalesce(favourites, 0), coalesce(version, 0)
          FROM unnest($1) AS post (id)
          LEFT JOIN posts.posts ON posts.id = post.id
          LEFT JOIN posts.post_counts ON post_counts.post_id = post.id
        """;

    private const string StoreQueue = "timeline-store-posts";

    public string Title => "Posts in Redis";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        RedisKeys.Ids(redis, "post", cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var ids = Ids.Of(subjects);
        var (snapshots, counts) = await Read(ids);
        var rows = await database.Read(
            Sql,
            row => new Row(
                row.GetInt64(0),
                row.GetBoolean(1),
                row.GetBoolean(2),
                $"{row.GetInt64(3)} {row.GetInt64(4)} {row.GetInt64(5)} {row.GetInt64(6)}"),
            cancellationToken,
            ids);
        var isBehind = await broker.Ready(StoreQueue, cancellationToken) > 0;
        var differences = new List<Difference>();
        foreach (var row in rows)
        {
            var index = Array.IndexOf(ids, row.PostId);
            var snapshot = snapshots[index];
            if (await Verdict(row, snapshot, isBehind) is { } text)
                differences.Add(new(Ids.Text(row.PostId), text));
            else if (row.IsStored && !row.IsDeleted && IsLive(snapshot) && !Agree(row.Counts, counts[index]))
                differences.Add(new(
                    Ids.Text(row.PostId),
                    $"post {row.PostId} has the counters {counts[index]} in Redis and {row.Counts} in Postgres"));
        }

        return differences;
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        var id = Ids.Of(subject);
        var row = (await database.Read(
            "SELECT deleted_at IS NOT NULL FROM posts.posts WHERE id = $1", found => found.GetBoolean(0),
            cancellationToken, id)).Cast<bool?>().FirstOrDefault();
        var (snapshots, _) = await Read([id]);
        if (row is null && IsLive(snapshots[0]))
        {
            await owners.Send(StoreQueue, Decode(snapshots[0]), cancellationToken);
            return $"Post {id} was sent to Timeline once more, to be stored.";
        }

        if (row is true)
        {
            await redis.Run(store => Task.WhenAll(
                store.StringSetAsync(PostSnapshots.Key(id), PostSnapshots.Deleted, PostSnapshots.Lifetime),
                store.StringSetAsync(PostSnapshots.CountsKey(id), PostSnapshots.Deleted, PostSnapshots.Lifetime)));
            return $"Post {id} is marked as deleted in Redis.";
        }

        if (snapshots[0] == PostSnapshots.Deleted)
            return null;
        await redis.Run(store => store.KeyDeleteAsync(PostSnapshots.CountsKey(id)));
        return $"The counters of post {id} in Redis were dropped; they are written again when it is read.";
    }

    private async Task<(RedisValue[] Snapshots, RedisValue[] Counts)> Read(long[] ids)
    {
        var values = await redis.Run(store => Task.WhenAll(
            ids.Select(id => store.StringGetAsync(PostSnapshots.Key(id)))
                .Concat(ids.Select(id => store.StringGetAsync(PostSnapshots.CountsKey(id))))));
        return (values[..ids.Length], values[ids.Length..]);
    }

    private async Task<string?> Verdict(Row row, RedisValue snapshot, bool isBehind) => row switch
    {
        { IsStored: true, IsDeleted: true } when IsLive(snapshot) =>
            $"post {row.PostId} is deleted in Postgres and not in Redis",
        { IsStored: true, IsDeleted: false } when snapshot == PostSnapshots.Deleted =>
            $"post {row.PostId} is deleted in Redis and not in Postgres",
        { IsStored: false } when IsLive(snapshot) && !isBehind && await IsDelivered(Decode(snapshot)) =>
            $"post {row.PostId} was delivered and is not in Postgres",
        _ => null,
    };

    // The author is the first reader of a post, and his own list the first that takes it.
    private async Task<bool> IsDelivered(PostCreated post)
    {
        var lists = await redis.Run(store => Task.WhenAll(
            store.ListRangeAsync(HomeTimelines.Key(post.AuthorId)),
            store.ListRangeAsync(AuthorTimelines.Key(post.AuthorId))));
        return lists.Any(list => list.Contains(post.PostId));
    }

    private static bool IsLive(RedisValue snapshot) => !snapshot.IsNull && snapshot != PostSnapshots.Deleted;

    // Missing counters are asked for when they are needed.
    private static bool Agree(string stored, RedisValue copied) => copied.IsNull || copied == stored;

    private static PostCreated Decode(RedisValue snapshot) =>
        JsonSerializer.Deserialize<PostCreated>(((byte[]?)snapshot).AsSpan())
        ?? throw new InvalidOperationException("The snapshot of a post is empty.");

    private sealed record Row(long PostId, bool IsStored, bool IsDeleted, string Counts);
}
