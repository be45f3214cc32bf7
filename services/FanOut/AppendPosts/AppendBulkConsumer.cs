using MassTransit;
using Microblog.Contracts.FanOut;
using Microblog.FanOut.Storage;

namespace Microblog.FanOut.AppendPosts;

/// <summary>Writes full pages of large audiences.</summary>
internal sealed class AppendBulkConsumer(TimelineWriter timelines) : IConsumer<Batch<AppendToTimelines>>
{
    public Task Consume(ConsumeContext<Batch<AppendToTimelines>> context) =>
        timelines.Append(AppendBatch.Of(context.Message));
}
