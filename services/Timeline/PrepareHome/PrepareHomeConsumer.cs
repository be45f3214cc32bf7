using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.PrepareHome;

/// <summary>
/// Sees to it that a new follower has a home timeline, although he may never have read it: then posts are delivered to
/// it, and he can read them while Postgres is away.
/// </summary>
internal sealed class PrepareHomeConsumer(
    Timelines timelines,
    RedisGateway redis,
    TimeProvider clock,
    IOptions<TimelineOptions> options) : IConsumer<AccountFollowed>
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    public async Task Consume(ConsumeContext<AccountFollowed> context)
    {
        await Merge(context.Message, context.CancellationToken);
        await timelines.EnsureHome(context.Message.FollowerId, context.CancellationToken);
    }

    // FanOut hears of the follow as well, and drops the timeline if it does not know the followee's posts. By the time
    // that it takes longer it knows them, because RestoreAuthorTimeline has brought them back.
    private async Task Merge(AccountFollowed follow, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - follow.FollowedAt > MergedFollows.Lifetime)
            return;

        var started = clock.GetTimestamp();
        while (clock.GetElapsedTime(started) < options.Value.MergeWait
            && !await redis.Run(store => store.KeyExistsAsync(MergedFollows.Key(follow.FollowId))))
        {
            await Task.Delay(LookEvery, clock, cancellationToken);
        }
    }
}
