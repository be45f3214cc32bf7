using MassTransit;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.AnswerQuestions;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.RebuildOnDemand;

/// <summary>Builds a home timeline anew because an operator asked for it.</summary>
internal sealed class RebuildHomeConsumer(
    RedisGateway redis,
    Timelines timelines,
    TimelineReader reader,
    Answers answers) : IConsumer<RebuildTimeline>
{
    public async Task Consume(ConsumeContext<RebuildTimeline> context)
    {
        var readerId = context.Message.ReaderId;
        var home = TimelineList.Home(readerId);
        // From here on nothing is appended until the rebuild has created the list, and what comes before is stored.
        await redis.Run(store => store.KeyDeleteAsync(home.Key));
        await timelines.Home(readerId, count: 1, context.CancellationToken);
        var list = await reader.Whole(home);
        await answers.Send(context, new TimelineRebuilt(readerId, list.Ids.Count, IsFinished: !list.NeedsRebuild));
    }
}
