using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.FanOut.Storage;

/// <summary>
/// Appends post ids to lists that exist, home timelines and authors' own posts: one command per list and batch,
/// pipelined. Doing a batch again changes nothing a reader sees; see <see cref="TimelineLists"/>.
/// </summary>
internal sealed class TimelineWriter(
    RedisGateway redis,
    RecentFollowers recentFollowers,
    FanOutMetrics metrics,
    TimeProvider clock,
    IOptions<FanOutOptions> options)
{
    /// <summary>
    /// What is so much older than the newest post written here was overtaken: it comes from the spool, or waited for
    /// its author's followers.
    /// </summary>
    private static readonly TimeSpan OvertakenAfter = TimeSpan.FromSeconds(2);

    private readonly int _pipelineMax = options.Value.CommandsPerPipelineMax;
    private long _newestPostId;

    public async Task Append(AppendBatch batch)
    {
        var mustLook = batch.MayBeRepeated || IsOvertaken(batch);
        // First the author's list, then the question who followed lately: a concurrent MergeFollowee does it the other
        // way round, so that one of the two sees the other and no new follower misses the post.
        var ownPosts = batch.OwnPosts();
        await Push(ownPosts, mustLook);
        var authorIds = batch.Deliveries.Where(delivery => delivery.AuthorId is not null)
            .Select(delivery => delivery.AuthorId.GetValueOrDefault())
            .Distinct();
        await Push(batch.Homes(await recentFollowers.Of([.. authorIds])), mustLook);

        metrics.BatchWritten(batch.CommandCount);
        var now = clock.GetUtcNow();
        foreach (var postId in batch.Deliveries.Select(delivery => delivery.PostId).Distinct())
            metrics.PostDelivered(now - IdSequence.CreatedAt(postId));
    }

    private bool IsOvertaken(AppendBatch batch)
    {
        if (batch.Deliveries.Count == 0)
            return false;

        var newest = Math.Max(
            Volatile.Read(ref _newestPostId), batch.Deliveries.Max(delivery => delivery.PostId));
        // Of two that write at once the smaller may stay: the next batch makes that good.
        Volatile.Write(ref _newestPostId, newest);
        var oldest = batch.Deliveries.Min(delivery => delivery.PostId);
        return IdSequence.CreatedAt(newest) - IdSequence.CreatedAt(oldest) > OvertakenAfter;
    }

    private async Task Push(IReadOnlyList<TimelinePush> pushes, bool mustLook)
    {
        var (delivered, skipped) = (0L, 0L);
        foreach (var chunk in pushes.Chunk(_pipelineMax))
        {
            var lengths = await redis.Run(database => Pipeline(
                database,
                chunk,
                (batch, push) => mustLook ? Insert(batch, push) : PushAll(batch, push)));
            delivered += chunk.Zip(lengths).Where(push => push.Second > 0).Sum(push => push.First.PostIds.Count);
            skipped += chunk.Zip(lengths).Where(push => push.Second == 0).Sum(push => push.First.PostIds.Count);
            await Trim(chunk, lengths);
        }

        metrics.Pushed(pushes.Count, delivered, skipped);
    }

    // Only now and then: each time it frees whole nodes of the list.
    private async Task Trim(TimelinePush[] pushed, long[] lengths)
    {
        const int LengthMax = TimelineLists.EntriesMax + TimelineLists.TrimMargin;
        var tooLong = pushed.Where((_, i) => lengths[i] > LengthMax).ToArray();
        if (tooLong.Length == 0)
            return;
        await redis.Run(database => Pipeline(database, tooLong, (batch, push) => batch.ScriptEvaluateAsync(
            TimelineScripts.Trim,
            [push.Key],
            [-TimelineLists.EntriesMax, TimelineLists.Unfinished],
            CommandFlags.NoScriptCache)));
        metrics.Trimmed(tooLong.Length);
    }

    private static Task<RedisResult> PushAll(IBatch batch, TimelinePush push) =>
        // The typed method of the oldest client takes one value only.
        batch.ExecuteAsync("RPUSHX", [push.Key, .. push.PostIds]);

    private static Task<RedisResult> Insert(IBatch batch, TimelinePush push) => batch.ScriptEvaluateAsync(
        TimelineScripts.Insert,
        [push.Key],
        [-TimelineScripts.RepetitionTail, TimelineScripts.DisorderMax, .. push.PostIds],
        CommandFlags.NoScriptCache);

    private static async Task<long[]> Pipeline(
        IDatabase database,
        TimelinePush[] pushes,
        Func<IBatch, TimelinePush, Task<RedisResult>> command)
    {
        var batch = database.CreateBatch();
        var replies = Array.ConvertAll(pushes, push => command(batch, push));
        batch.Execute();
        return Array.ConvertAll(await Task.WhenAll(replies), reply => (long)reply);
    }
}
