using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Messaging;
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
    TimeProvider clock) : IConsumer<Batch<PostsCreated>>
{
    public async Task Consume(ConsumeContext<Batch<PostsCreated>> context)
    {
        foreach (var some in context.Message.Posts().Chunk(TimelineConsumers.PostsPerTransactionMax))
            await Store(some, context.CancellationToken);
    }

    private async Task Store(PostCreated[] some, CancellationToken cancellationToken)
    {
        long[] postIds = [.. some.Select(post => post.PostId)];
        // However fresh these are, others pile up behind them: no list may be finished without them meanwhile.
        if (postgres.IsAway)
            await progress.Behind();
        await postgres.Wait(cancellationToken);
        await progress.Storing(postIds);
        await catchUp.Wait(postIds, cancellationToken);
        await posts.Store(some, cancellationToken);
        await unwritten.Write(
            postIds,
            () => afterStoring.Run(some, cancellationToken),
            cancellationToken);
        metrics.PostsStored(some.Length, clock.GetUtcNow() - IdSequence.CreatedAt(postIds.Min()));
    }
}
