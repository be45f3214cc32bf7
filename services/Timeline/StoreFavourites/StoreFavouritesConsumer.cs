using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Postgres;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StoreFavourites;

/// <summary>Keeps the latest word of each account about each post, and the count of those who favourite it.</summary>
internal sealed class StoreFavouritesConsumer(
    PostgresReturn postgres,
    FavouriteWriter favourites,
    CountSnapshots counts,
    NotificationLists notifications,
    UnwrittenSnapshots unwritten) : IConsumer<Batch<FavouriteChanged>>
{
    public async Task Consume(ConsumeContext<Batch<FavouriteChanged>> context)
    {
        var changes = context.Message.Select(message => message.Message).ToArray();
        await postgres.Wait(context.CancellationToken);
        await favourites.Store(changes, context.CancellationToken);
        await unwritten.Write(
            changes.Select(change => change.PostId),
            async () =>
            {
                await counts.CopyPosts(changes.Select(change => change.PostId), context.CancellationToken);
                await notifications.AddToRebuilt(changes.SelectMany(NewNotification.Of));
            },
            context.CancellationToken);
    }
}
