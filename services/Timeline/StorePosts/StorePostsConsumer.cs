using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Ids;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StorePosts;

/// <summary>
/// Stores posts, then does what must come after the commit: counters into Redis, lists and notifications that were
/// rebuilt without these posts, and the deletion of those that lost against another one.
/// </summary>
internal sealed class StorePostsConsumer(
    PostWriter posts,
    AfterStoring afterStoring,
    StoreProgress progress,
    TimelineMetrics metrics,
    TimeProvider clock) : IConsumer<Batch<PostCreated>>
{
    public async Task Consume(ConsumeContext<Batch<PostCreated>> context)
    {
        var batch = context.Message.Select(message => message.Message).DistinctBy(post => post.PostId).ToArray();
        await progress.Storing(batch.Select(post => post.PostId));
        await posts.Store(batch, context.CancellationToken);
        await afterStoring.Run(batch, context.CancellationToken);
        metrics.PostsStored(batch.Length, clock.GetUtcNow() - IdSequence.CreatedAt(batch.Min(post => post.PostId)));
    }
}
