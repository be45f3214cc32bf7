using MassTransit;
using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StoreDeletes;

/// <summary>
/// Makes a deletion stick: in Redis at once, should Ingest have crashed before it did the same, and in Postgres
/// whether the post is there already or not.
/// </summary>
internal sealed class StoreDeletesConsumer(
    PostEraser posts,
    PostDirectory snapshots,
    CountSnapshots counts,
    DeletedTargets targets,
    TimelineMetrics metrics) : IConsumer<Batch<PostDeleted>>
{
    public async Task Consume(ConsumeContext<Batch<PostDeleted>> context)
    {
        var deletions = context.Message.Select(message => message.Message).ToArray();
        await Task.WhenAll(deletions.Select(deletion => snapshots.MarkDeleted(deletion.PostId)));
        var removed = await posts.Erase(deletions, context.CancellationToken);
        await counts.CopyPosts(await targets.Of(deletions, context.CancellationToken), context.CancellationToken);
        await counts.CopyAuthors(deletions.Select(deletion => deletion.AuthorId), context.CancellationToken);
        metrics.PostsDeleted(removed.Count);
    }
}
