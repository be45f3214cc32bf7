using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.FanOut.Storage;

/// <summary>
/// Who followed an author lately: two Redis sorted sets per author, the follower's id scored by the time of the merge
/// (<c>recent-followers:{id}</c>) and by the time of the latest follow (<c>latest-follows:{id}</c>). The first lets a
/// post that was expanded before the follow reach the follower, the second tells an old unfollow from a new one. Both
/// forget after <see cref="FanOutOptions.FollowMemory"/>; losing them costs nothing once the queues are empty.
/// </summary>
internal sealed class RecentFollowers(RedisGateway redis, TimeProvider clock, IOptions<FanOutOptions> options)
{
    private readonly TimeSpan _memory = options.Value.FollowMemory;
    private readonly int _followersMax = options.Value.RecentFollowersMax;

    /// <summary>To be called before the author's list is read; see <see cref="TimelineWriter.Append"/>.</summary>
    public Task Remember(long authorId, long followerId, DateTimeOffset followedAt) => redis.Run(async database =>
    {
        var (merges, follows) = (MergesKey(authorId), FollowsKey(authorId));
        var batch = database.CreateBatch();
        Task[] replies =
        [
            batch.SortedSetAddAsync(merges, followerId, clock.GetUtcNow().ToUnixTimeMilliseconds()),
            batch.SortedSetRemoveRangeByRankAsync(merges, 0, -_followersMax - 1),
            batch.KeyExpireAsync(merges, _memory),
            // GT: an old follow that arrives late does not hide the newer one.
            batch.ExecuteAsync("ZADD", follows, "GT", Microseconds(followedAt), (RedisValue)followerId),
            batch.SortedSetRemoveRangeByRankAsync(follows, 0, -_followersMax - 1),
            batch.KeyExpireAsync(follows, _memory),
        ];
        batch.Execute();
        await Task.WhenAll(replies);
    });

    /// <summary>The recent followers of authors who have any.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<long>>> Of(IReadOnlyList<long> authorIds)
    {
        var recent = new Dictionary<long, IReadOnlyList<long>>();
        if (authorIds.Count == 0)
            return recent;

        var since = (clock.GetUtcNow() - _memory).ToUnixTimeMilliseconds();
        // Asked with every batch, and hardly ever is there anybody: an object for each answer would be for nothing.
        using var commands = new RawCommands();
        foreach (var authorId in authorIds)
        {
            commands.Begin(4);
            commands.Word("ZRANGEBYSCORE"u8);
            commands.Word(MergesKey(authorId));
            commands.Word([], since);
            commands.Word("+inf"u8);
        }

        using var answer = await redis.Ask(commands);
        for (var i = 0; i < authorIds.Count; i++)
        {
            if (answer.Count(i) > 0)
                recent.Add(authorIds[i], answer.Numbers(i));
        }

        return recent;
    }

    /// <summary>
    /// Whether the reader follows the author by a follow that is not older than <paramref name="at"/>: one that was
    /// merged, or, where the snapshot of his relations can be trusted, one that is still to be.
    /// </summary>
    public Task<bool> HasFollowedSince(long authorId, long readerId, DateTimeOffset at) => redis.Run(async database =>
    {
        var batch = database.CreateBatch();
        var latest = batch.SortedSetScoreAsync(FollowsKey(authorId), readerId);
        var relation = batch.HashGetAsync(
            RelationSnapshots.Key(readerId),
            [RelationSnapshots.CompleteField, authorId]);
        batch.Execute();
        await Task.WhenAll(latest, relation);

        var (isTrusted, standing) = ((await relation)[0], (await relation)[1]);
        return await latest >= Microseconds(at)
            || (!isTrusted.IsNull
                && !standing.IsNull
                && RelationSnapshots.Decode(standing.ToString(), clock.GetUtcNow()).HasFlag(Standing.Following));
    });

    // Exact in a double, and a database keeps no finer time.
    private static long Microseconds(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMicrosecond;

    private static string MergesKey(long authorId) => $"recent-followers:{authorId}";

    private static RedisKey FollowsKey(long authorId) => $"latest-follows:{authorId}";
}
