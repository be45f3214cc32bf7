using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.RestoreAuthorTimeline;

/// <summary>
/// Brings back the followee's list when it was lost. Without it FanOut drops the new follower's home timeline instead
/// of merging into it, and so it would at every further follow.
/// </summary>
internal sealed class RestoreAuthorTimelineConsumer(Timelines timelines) : IConsumer<AccountFollowed>
{
    public Task Consume(ConsumeContext<AccountFollowed> context) =>
        timelines.EnsureAuthor(context.Message.FolloweeId, context.CancellationToken);
}
