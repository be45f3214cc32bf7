using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Postgres;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StorePosts;

/// <summary>
/// Stores posts, then does what must come after the commit: counters into Redis, lists and notifications that were
/// rebuilt without these posts, and the deletion of those that lost against another one. While Redis is away that
/// waits, and the posts are stored all the same.
/// </summary>
internal sealed class StorePostsConsumer(
    PostgresReturn postgres,
    PostWriter posts,
    AfterStoring afterStoring,
    UnwrittenSnapshots unwritten,
    StoreProgress progress,
    CatchUpRate catchUp,
    TimelineMetrics metrics,
    TimeProvider clock) : IConsumer<Batch<PostCreated>>
{
    public async Task Consume(ConsumeContext<Batch<PostCreated>> context)
    {
        var batch = context.Message.Select(message => message.Message).DistinctBy(post => post.PostId).ToArray();
        long[] postIds = [.. batch.Select(post => post.PostId)];
        // However fresh these are, others pile up behind them: no list may be finished without them meanwhile.
        if (postgres.IsAway)
            await progress.Behind();
        await postgres.Wait(context.CancellationToken);
        await progress.Storing(postIds);
        await catchUp.Wait(postIds, context.CancellationToken);
        await posts.Store(batch, context.CancellationToken);
        await unwritten.Write(
            postIds,
            () => afterStoring.Run(batch, context.CancellationToken),
            context.CancellationToken);
        metrics.PostsStored(batch.Length, clock.GetUtcNow() - IdSequence.CreatedAt(postIds.Min()));
    }
}
