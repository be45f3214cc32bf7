using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.FollowAccount;

/// <summary>
/// Waits until FanOut has merged a follow, so that who follows and then reads finds what he followed.
/// </summary>
internal sealed class FollowMerge(RedisGateway redis, TimeProvider clock, IOptions<FollowGraphOptions> options)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Gives up in silence when FanOut takes longer: the follow is made, and its posts come later.</summary>
    public async Task Wait(long followerId, long followId, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        // A timeline that does not exist is made by the next read, with everybody who is followed by then.
        if (!await redis.Run(database => database.KeyExistsAsync(HomeTimelines.Key(followerId))))
            return;

        while (clock.GetElapsedTime(started) < options.Value.MergeWait)
        {
            if (await redis.Run(database => database.KeyExistsAsync(MergedFollows.Key(followId))))
                return;
            await Task.Delay(LookEvery, clock, cancellationToken);
        }
    }
}
