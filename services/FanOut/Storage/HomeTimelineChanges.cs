using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.FanOut.Storage;

/// <summary>
/// Brings an author into a home timeline and takes him out of it, in whatever order and however often follows and
/// unfollows arrive. What is left over of someone unfollowed does no harm: a read filters again.
/// </summary>
internal sealed class HomeTimelineChanges(
    RedisGateway redis, RecentFollowers recentFollowers, FanOutMetrics metrics, TimeProvider clock)
{
    /// <summary>
    /// Merges the author's newest posts. When his list is missing or being rebuilt, the home timeline is dropped
    /// instead, and Timeline, which hears of the follow as well, rebuilds it with his posts.
    /// </summary>
    public async Task MergeAuthor(AccountFollowed follow)
    {
        await recentFollowers.Remember(follow.FolloweeId, follow.FollowerId, follow.FollowedAt);
        await MergeKnownPosts(follow.FollowerId, follow.FolloweeId);
        await redis.Run(database => database.StringSetAsync(
            MergedFollows.Key(follow.FollowId), true, MergedFollows.Lifetime));
        metrics.FolloweeMerged();
    }

    /// <summary>Takes the author's known posts out, unless the reader has followed him again since.</summary>
    public async Task RemoveAuthor(long readerId, long authorId, DateTimeOffset endedAt)
    {
        if (await recentFollowers.HasFollowedSince(authorId, readerId, endedAt))
            return;

        await Remember(readerId, authorId, endedAt);
        var (_, postIds) = await PostsOf(authorId);
        if (postIds.Count == 0)
            return;
        await Evaluate(TimelineScripts.Remove, readerId, [.. postIds]);
        metrics.AuthorRemoved();

        // A follow may have been merged between the question and the removal.
        if (await recentFollowers.HasFollowedSince(authorId, readerId, endedAt))
            await MergeKnownPosts(readerId, authorId);
    }

    private Task Remember(long readerId, long authorId, DateTimeOffset endedAt) => redis.Run(database =>
    {
        RedisKey key = FormerFollowees.Key(readerId);
        return Task.WhenAll(
            database.SortedSetAddAsync(key, authorId, endedAt.ToUnixTimeMilliseconds()),
            database.SortedSetRemoveRangeByRankAsync(key, 0, -FormerFollowees.AuthorsMax - 1),
            database.KeyExpireAsync(key, TimelineLists.Lifetime));
    });

    // The author's list may have been rebuilt before his last post was stored, and after it was delivered.
    private Task AwaitPosts(long readerId, long authorId) => redis.Run(database =>
    {
        var key = AwaitedPosts.Key(authorId);
        return Task.WhenAll(
            database.SortedSetAddAsync(key, HomeTimelines.Key(readerId), clock.GetUtcNow().ToUnixTimeMilliseconds()),
            database.SortedSetRemoveRangeByRankAsync(key, 0, -AwaitedPosts.ListsMax - 1),
            database.KeyExpireAsync(key, AwaitedPosts.Memory));
    });

    private async Task MergeKnownPosts(long readerId, long authorId)
    {
        await AwaitPosts(readerId, authorId);
        var (head, postIds) = await PostsOf(authorId);
        if (head is null or TimelineLists.Unfinished)
        {
            await redis.Run(database => database.KeyDeleteAsync(HomeTimelines.Key(readerId)));
            return;
        }

        await Evaluate(TimelineScripts.Merge, readerId,
        [
            TimelineLists.EntriesMax,
            TimelineLists.Complete,
            TimelineLists.Unfinished,
            head == TimelineLists.Complete,
            .. postIds,
        ]);
    }

    /// <summary>
    /// What is known of an author: the head of his list, null when there is none, and his posts, ascending.
    /// </summary>
    private async Task<(long? Head, IReadOnlyList<RedisValue> PostIds)> PostsOf(long authorId)
    {
        var entries = await redis.Run(database => database.ListRangeAsync(AuthorTimelines.Key(authorId)));
        if (entries.Length == 0)
            return (null, []);

        var head = (long)entries[0];
        var postIds = entries.Select(entry => (long)entry)
            // Below a head that is a post the list may have gaps.
            .Where(postId => postId is not (TimelineLists.Complete or TimelineLists.Unfinished) && postId >= head)
            .Distinct()
            .Order()
            .Select(postId => (RedisValue)postId);
        return (head, [.. postIds]);
    }

    private Task<RedisResult> Evaluate(string script, long readerId, RedisValue[] arguments) => redis.Run(database =>
        database.ScriptEvaluateAsync(
            script,
            [HomeTimelines.Key(readerId)],
            arguments,
            // A cached script is unknown again after a fail-over, and the client does not repeat it.
            CommandFlags.NoScriptCache));
}
