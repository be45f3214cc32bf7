using MassTransit;
using Microblog.Contracts.FanOut;
using Microblog.FanOut.Storage;

namespace Microblog.FanOut.AppendPosts;

/// <summary>Writes ordinary posts. They never wait behind a post to a million followers.</summary>
internal sealed class AppendSmallConsumer(TimelineWriter timelines) : IConsumer<Batch<AppendToTimelines>>
{
    public Task Consume(ConsumeContext<Batch<AppendToTimelines>> context) =>
        timelines.Append(AppendBatch.Of(context.Message));
}
