using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// <see cref="AwaitedPosts"/>: a rebuild enters itself before it reads Postgres, FanOut the timelines into which it
/// merges an author's list, and the store looks after it has committed.
/// </summary>
internal sealed class RebuiltLists(RedisGateway redis, TimeProvider clock)
{
    /// <summary>
    /// A post stored later than this after its list was rebuilt is the affair of <see cref="StoreProgress"/>.
    /// </summary>
    public static readonly TimeSpan Memory = StoreProgress.Memory;

    private const int AuthorsPerPipelineMax = 500;

    /// <summary>To be called before Postgres is read.</summary>
    public async Task Announce(string listKey, IEnumerable<long> authorIds)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var some in authorIds.Chunk(AuthorsPerPipelineMax))
            await redis.Run(store => Task.WhenAll(some.Select(AwaitedPosts.Key).SelectMany(key => new Task[]
            {
                store.SortedSetAddAsync(key, listKey, now),
                store.SortedSetRemoveRangeByRankAsync(key, 0, -AwaitedPosts.ListsMax - 1),
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
        var told = new HashSet<(long AuthorId, string List)>();
        var authors = stored.ToLookup(post => post.AuthorId);
        var asked = authors.Select(author => author.Key);
        // An author's list may be merged into another one just before it is appended to here.
        while (await Lists(asked, since) is var lists && lists.Where(told.Add).ToArray() is { Length: > 0 } fresh)
        {
            await Append(fresh, authors);
            asked = fresh.Select(list => list.AuthorId).Distinct();
        }
    }

    private async Task<IEnumerable<(long AuthorId, string List)>> Lists(IEnumerable<long> authorIds, long since)
    {
        long[] ids = [.. authorIds];
        var lists = await redis.Run(store => Task.WhenAll(ids.Select(id =>
            store.SortedSetRangeByScoreAsync(AwaitedPosts.Key(id), start: since))));
        return ids.Zip(lists).SelectMany(author => author.Second.Select(list => (author.First, list.ToString())));
    }

    private async Task Append(
        IReadOnlyList<(long AuthorId, string List)> lists, ILookup<long, PostCreated> authors)
    {
        var pushes =
            from list in lists
            let postIds = authors[list.AuthorId].Select(post => post.PostId).Order().Select(id => (RedisValue)id)
            select (List: (RedisKey)list.List, PostIds: postIds);
        foreach (var some in pushes.Chunk(AuthorsPerPipelineMax))
            await redis.Run(store => Task.WhenAll(some.Select(push =>
                store.ScriptEvaluateAsync(
                    TimelineInsert.Script,
                    [push.List],
                    [.. TimelineInsert.ForRepeated, .. push.PostIds],
                    CommandFlags.NoScriptCache))));
    }
}
