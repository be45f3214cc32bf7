using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StoreBookmarks;

/// <summary>Keeps the latest word of each account about each post.</summary>
internal sealed class StoreBookmarksConsumer(BookmarkWriter bookmarks) : IConsumer<Batch<BookmarkChanged>>
{
    public Task Consume(ConsumeContext<Batch<BookmarkChanged>> context) =>
        bookmarks.Store(context.Message.Select(message => message.Message), context.CancellationToken);
}
