using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Postgres;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StoreBookmarks;

/// <summary>Keeps the latest word of each account about each post.</summary>
internal sealed class StoreBookmarksConsumer(PostgresReturn postgres, BookmarkWriter bookmarks)
    : IConsumer<Batch<BookmarkChanged>>
{
    public async Task Consume(ConsumeContext<Batch<BookmarkChanged>> context)
    {
        await postgres.Wait(context.CancellationToken);
        await bookmarks.Store(context.Message.Select(message => message.Message), context.CancellationToken);
    }
}
