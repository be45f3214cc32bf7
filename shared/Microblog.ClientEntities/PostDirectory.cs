using System.Globalization;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// Reads and writes recent posts in Redis (<see cref="PostSnapshots"/>); what is not there is loaded.
/// </summary>
public sealed class PostDirectory(RedisGateway redis, IMissingPosts missingPosts)
{
    private const int BytesPerPost = 2 * 1024;

    private static ReadOnlySpan<byte> NoCounts => "0 0 0 0"u8;

    /// <summary>
    /// The posts that exist, in one round trip when they are recent; deleted and unknown ones are absent. What Redis
    /// does not have is loaded, and everything while it is away.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, StoredPost>> Find(
        IReadOnlyCollection<long> postIds,
        CancellationToken cancellationToken)
    {
        var ids = postIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Dictionary<long, StoredPost>();

        var (kept, missing) = await KeptOrAllMissing(ids);
        if (missing.Count == 0)
            return kept;
        var loaded = await missingPosts.Load(missing, cancellationToken);
        return kept.Values.Concat(loaded).DistinctBy(post => post.Post.PostId).ToDictionary(post => post.Post.PostId);
    }

    /// <summary>
    /// The posts that Redis has, without asking anybody, and the ids that it knows nothing of. Deleted ones are in
    /// neither.
    /// </summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task<(IReadOnlyDictionary<long, StoredPost> Posts, IReadOnlyList<long> Missing)> FindKept(
        IReadOnlyCollection<long> postIds)
    {
        var ids = postIds.Distinct().ToArray();
        var values = await redis.Run(database => Task.WhenAll(
            ids.Select(id => database.StringGetAsync(PostSnapshots.Key(id)))
                .Concat(ids.Select(id => database.StringGetAsync(PostSnapshots.CountsKey(id))))));
        var posts = new Dictionary<long, StoredPost>(ids.Length);
        var missing = new List<long>();
        for (var i = 0; i < ids.Length; i++)
        {
            var (snapshot, counts) = (values[i], values[ids.Length + i]);
            if (snapshot == PostSnapshots.Deleted || counts == PostSnapshots.Deleted)
                continue;
            if (snapshot.IsNull || counts.IsNull)
                missing.Add(ids[i]);
            else
                posts[ids[i]] = new(Decode(snapshot), Counts(counts));
        }

        return (posts, missing);
    }

    /// <summary>A recent post as Redis has it, without asking anybody; null when it is not there, or deleted.</summary>
    public async Task<StoredPost?> FindKept(long postId)
    {
        var values = await redis.Run(database => Task.WhenAll(
            database.StringGetAsync(PostSnapshots.Key(postId)),
            database.StringGetAsync(PostSnapshots.CountsKey(postId))));
        return values.Any(value => value.IsNull || value == PostSnapshots.Deleted)
            ? null
            : new(Decode(values[0]), Counts(values[1]));
    }

    /// <summary>
    /// Keeps a post that was just accepted, and yields what is kept under its id: an earlier acceptance of the same
    /// post wins. Null when the post was deleted already.
    /// </summary>
    public async Task<PostCreated?> Keep(PostCreated post)
    {
        if (await IsFirst(post))
            return post;
        var kept = await redis.Run(database => database.StringGetAsync(PostSnapshots.Key(post.PostId)));
        // It cannot expire so soon; if it is gone all the same, nobody else stands under this id.
        return kept == PostSnapshots.Deleted ? null : kept.IsNull ? post : Decode(kept);
    }

    /// <summary>Hides a post from every read at once, before Postgres knows of it.</summary>
    public Task MarkDeleted(long postId) => redis.Run(database => Task.WhenAll(
        database.StringSetAsync(PostSnapshots.Key(postId), PostSnapshots.Deleted, PostSnapshots.Lifetime),
        database.StringSetAsync(PostSnapshots.CountsKey(postId), PostSnapshots.Deleted, PostSnapshots.Lifetime)));

    /// <summary>Writes posts that came from Postgres. A snapshot or a deletion that is there already stays.</summary>
    public Task Restore(IReadOnlyCollection<StoredPost> posts) => redis.Run(database => Task.WhenAll(
        posts.SelectMany(post => new Task[]
        {
            database.StringSetAsync(
                PostSnapshots.Key(post.Post.PostId), Encode(post.Post), PostSnapshots.Lifetime, When.NotExists),
            WriteCounts(database, post.Post.PostId, post.Counts),
        })));

    /// <summary>Writes counts unless newer ones are there.</summary>
    public Task WriteCounts(IReadOnlyCollection<KeyValuePair<long, PostCounts>> counts) =>
        redis.Run(database => Task.WhenAll(
            counts.Select(count => WriteCounts(database, count.Key, count.Value))));

    private async Task<(IReadOnlyDictionary<long, StoredPost> Posts, IReadOnlyList<long> Missing)> KeptOrAllMissing(
        long[] ids)
    {
        try
        {
            return await FindKept(ids);
        }
        catch (RedisAwayException)
        {
            return (new Dictionary<long, StoredPost>(), ids);
        }
    }

    private static Task<RedisResult> WriteCounts(IDatabase database, long postId, PostCounts counts) =>
        database.ScriptEvaluateAsync(
            PostSnapshots.WriteCountsIfNewer,
            [PostSnapshots.CountsKey(postId)],
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{counts.Replies} {counts.Boosts} {counts.Favourites} {counts.Version}"),
                counts.Version,
                (long)PostSnapshots.Lifetime.TotalSeconds,
            ],
            CommandFlags.NoScriptCache);

    /// <summary>Writes a post, and among its author's newest, unless something is there under its id.</summary>
    private async Task<bool> IsFirst(PostCreated post)
    {
        using var commands = new RawCommands(BytesPerPost);
        SetOnce(PostSnapshots.Key(post.PostId), JsonSerializer.SerializeToUtf8Bytes(post));
        SetOnce(PostSnapshots.CountsKey(post.PostId), NoCounts);
        var newest = NewestPosts.Key(post.AuthorId);
        commands.Begin(3);
        commands.Word("RPUSH"u8);
        commands.Word(newest);
        commands.Word([], post.PostId);
        commands.Begin(4);
        commands.Word("LTRIM"u8);
        commands.Word(newest);
        commands.Word([], -NewestPosts.EntriesMax);
        commands.Word([], -1);
        commands.Begin(3);
        commands.Word("PEXPIRE"u8);
        commands.Word(newest);
        commands.Word([], (long)NewestPosts.Lifetime.TotalMilliseconds);
        using var answer = await redis.Ask(commands);
        return !answer.IsNothing(command: 0, value: 0);

        void SetOnce(string key, ReadOnlySpan<byte> value)
        {
            commands.Begin(6);
            commands.Word("SET"u8);
            commands.Word(key);
            commands.Word(value);
            commands.Word("PX"u8);
            commands.Word([], (long)PostSnapshots.Lifetime.TotalMilliseconds);
            commands.Word("NX"u8);
        }
    }

    private static RedisValue Encode(PostCreated post) => JsonSerializer.SerializeToUtf8Bytes(post);

    private static PostCreated Decode(RedisValue snapshot) =>
        JsonSerializer.Deserialize<PostCreated>(((byte[]?)snapshot).AsSpan())
        ?? throw new InvalidOperationException("The snapshot of a post is empty.");

    private static PostCounts Counts(RedisValue value)
    {
        var numbers = value.ToString().Split(' ');
        return new(Number(numbers[0]), Number(numbers[1]), Number(numbers[2]), Number(numbers[3]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
