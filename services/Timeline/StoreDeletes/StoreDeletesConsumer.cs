using MassTransit;
using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StoreDeletes;

/// <summary>
/// Makes a deletion stick: in Redis at once, should Ingest have crashed before it did the same, and in Postgres
/// whether the post is there already or not.
/// </summary>
internal sealed class StoreDeletesConsumer(
    PostgresReturn postgres,
    PostEraser posts,
    PostDirectory snapshots,
    CountSnapshots counts,
    DeletedTargets targets,
    UnwrittenSnapshots unwritten,
    TimelineMetrics metrics) : IConsumer<Batch<PostDeleted>>
{
    public async Task Consume(ConsumeContext<Batch<PostDeleted>> context)
    {
        var deletions = context.Message.Select(message => message.Message).ToArray();
        await SpareWrites.Try(() => MarkDeleted(deletions));
        await postgres.Wait(context.CancellationToken);
        var removed = await posts.Erase(deletions, context.CancellationToken);
        await unwritten.Write(
            deletions.Select(deletion => deletion.PostId),
            () => AfterErasing(deletions, context.CancellationToken),
            context.CancellationToken);
        metrics.PostsDeleted(removed.Count);
    }

    private async Task AfterErasing(PostDeleted[] deletions, CancellationToken cancellationToken)
    {
        // Once more: without its mark a post that Redis had kept would be back as soon as Redis is.
        await MarkDeleted(deletions);
        await counts.CopyPosts(await targets.Of(deletions, cancellationToken), cancellationToken);
        await counts.CopyAuthors(deletions.Select(deletion => deletion.AuthorId), cancellationToken);
    }

    private Task MarkDeleted(PostDeleted[] deletions) =>
        Task.WhenAll(deletions.Select(deletion => snapshots.MarkDeleted(deletion.PostId)));
}
