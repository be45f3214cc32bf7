using System.Globalization;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Which lists were rebuilt from an author's posts lately: one Redis sorted set per author,
/// <c>rebuilt-lists:{id}</c>, the list's key scored by the time. A post that was delivered before the list existed
/// and stored after the list was read from Postgres would be in neither; so the rebuild enters itself before it
/// reads, and the store looks after it has committed.
/// </summary>
internal sealed class RebuiltLists(RedisGateway redis, TimeProvider clock)
{
    /// <summary>
    /// A post stored later than this after its list was rebuilt is the affair of <see cref="StoreProgress"/>.
    /// </summary>
    public static readonly TimeSpan Memory = StoreProgress.Memory;

    private const int AuthorsPerPipelineMax = 500;

    /// <summary>
    /// Lists remembered per author, the newest; more rebuilds than this in a minute happen to nobody.
    /// </summary>
    private const int ListsMax = 10_000;

    /// <summary>To be called before Postgres is read.</summary>
    public async Task Announce(string listKey, IEnumerable<long> authorIds)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var some in authorIds.Chunk(AuthorsPerPipelineMax))
            await redis.Run(store => Task.WhenAll(some.Select(Key).SelectMany(key => new Task[]
            {
                store.SortedSetAddAsync(key, listKey, now),
                store.SortedSetRemoveRangeByRankAsync(key, 0, -ListsMax - 1),
                store.KeyExpireAsync(key, Memory),
            })));
    }

    /// <summary>
    /// To be called after the posts were committed, at once or when Redis is back. Whether a reader wants them, the
    /// read decides; most of them are there already.
    /// </summary>
    public async Task Append(IReadOnlyCollection<PostCreated> stored)
    {
        var since = (clock.GetUtcNow() - Memory).ToUnixTimeMilliseconds();
        var authors = stored.GroupBy(post => post.AuthorId).ToArray();
        var lists = await redis.Run(store => Task.WhenAll(authors.Select(author =>
            store.SortedSetRangeByScoreAsync(Key(author.Key), start: since))));
        var pushes =
            from author in authors.Zip(lists)
            let postIds = author.First.Select(post => post.PostId).Order().Select(postId => (RedisValue)postId)
            from list in author.Second
            select (List: (RedisKey)list.ToString(), PostIds: postIds);
        foreach (var some in pushes.Chunk(AuthorsPerPipelineMax))
            await redis.Run(store => Task.WhenAll(some.Select(push =>
                store.ScriptEvaluateAsync(
                    TimelineInsert.Script,
                    [push.List],
                    [.. TimelineInsert.ForRepeated, .. push.PostIds],
                    CommandFlags.NoScriptCache))));
    }

    private static RedisKey Key(long authorId) =>
        string.Create(CultureInfo.InvariantCulture, $"rebuilt-lists:{authorId}");
}
