using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Notify;

/// <summary>Tells authors that somebody favourites a post, or does so no longer.</summary>
internal sealed class NotifyFavouritesConsumer(NotificationLists notifications) : IConsumer<Batch<FavouriteChanged>>
{
    public Task Consume(ConsumeContext<Batch<FavouriteChanged>> context) =>
        notifications.Add(context.Message.SelectMany(message => NewNotification.Of(message.Message)));
}
