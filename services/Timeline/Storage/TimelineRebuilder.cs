using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Rebuilds a list that is missing or unfinished, for one reader at a time across all replicas. Nothing that is
/// delivered meanwhile gets lost:
/// 1. the list is created with the mark <see cref="TimelineLists.Unfinished"/>, so that FanOut appends to it from now
/// on;
/// 2. the rebuild enters itself in <see cref="RebuiltLists"/>, so that posts delivered before step 1 and stored after
/// step 4    are appended when they are stored;
/// 3. if the store may be further behind than that, the authors' own lists, which hold what was delivered but not
/// stored,    are taken in, and the list stays unfinished: reads unite it with Postgres, and a later read rebuilds it
/// again;
/// 4. Postgres is read;
/// 5. what was read is united with what has arrived; a list is never overwritten.
/// </summary>
internal sealed class TimelineRebuilder(
    RedisGateway redis,
    RebuildTurns turns,
    RebuiltLists rebuiltLists,
    StoreProgress progress,
    TimelineMetrics metrics,
    TimeProvider clock)
{
    /// <summary>Newest entries of an author's own list that are taken in while the store is behind.</summary>
    private const int UnstoredPerAuthorMax = 40;

    private const int AuthorsPerPipelineMax = 500;

    /// <summary>
    /// Returns false when somebody else is rebuilding the list: whoever wants to read it meanwhile asks Postgres.
    /// </summary>
    /// <param name="authorIds">Whose posts belong into the list; asked only if a rebuild takes place.</param>
    public Task<bool> Rebuild(
        TimelineList list,
        Func<Task<IReadOnlyList<long>>> authorIds,
        IPostSource stored,
        CancellationToken cancellationToken) =>
        turns.Take(
            list.Key, async deadline => await Run(list, await authorIds(), stored, deadline), cancellationToken);

    /// <summary>Returns false when the list stays unfinished.</summary>
    private async Task<bool> Run(
        TimelineList list,
        IReadOnlyList<long> authorIds,
        IPostSource stored,
        CancellationToken cancellationToken)
    {
        // Not only by who reads it: a Redis that lost its data lost that, too.
        if (list.IsHome)
            await redis.Run(store => store.HashSetAsync(
                LastReads.Key(list.OwnerId), list.OwnerId, LastReads.Day(clock.GetUtcNow())));
        var lifetime = list.IsHome ? 0 : (long)TimelineLists.Lifetime.TotalSeconds;
        await Evaluate(RebuildScripts.Begin, list.Key, [TimelineLists.Unfinished, lifetime]);
        await rebuiltLists.Announce(list.Key, authorIds);
        var isBehind = await progress.MayBeBehind();
        var unstored = isBehind ? await OwnLists(authorIds) : [];
        var newest = await stored.Below(long.MaxValue, above: 0, TimelineLists.EntriesMax, cancellationToken);

        var finished = newest.Count < TimelineLists.EntriesMax ? TimelineLists.Complete : RedisValue.EmptyString;
        await Evaluate(RebuildScripts.Finish, list.Key,
        [
            TimelineLists.Unfinished,
            isBehind ? TimelineLists.Unfinished : finished,
            TimelineLists.EntriesMax,
            lifetime,
            .. newest.Select(entry => entry.PostId).Union(unstored).OrderDescending().Take(TimelineLists.EntriesMax)
                .Select(id => (RedisValue)id),
        ]);
        metrics.TimelineRebuilt(isFinished: !isBehind);
        return !isBehind;
    }

    private async Task<IReadOnlyList<long>> OwnLists(IReadOnlyList<long> authorIds)
    {
        var ids = new List<long>();
        foreach (var some in authorIds.Chunk(AuthorsPerPipelineMax))
        {
            var lists = await redis.Run(store => Task.WhenAll(some.Select(authorId =>
                store.ListRangeAsync(AuthorTimelines.Key(authorId), -UnstoredPerAuthorMax, -1))));
            ids.AddRange(lists.SelectMany(list => list).Select(entry => (long)entry)
                .Where(entry => entry is not (TimelineLists.Complete or TimelineLists.Unfinished)));
        }

        return ids;
    }

    private Task<RedisResult> Evaluate(string script, string key, RedisValue[] arguments) => redis.Run(store =>
        store.ScriptEvaluateAsync(script, [key], arguments, CommandFlags.NoScriptCache));
}
