using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Notify;

/// <summary>
/// Tells people that they were mentioned or boosted. Apart from storing, so that it goes on while Postgres is away.
/// </summary>
internal sealed class NotifyMentionsConsumer(NotificationLists notifications) : IConsumer<Batch<PostsCreated>>
{
    public Task Consume(ConsumeContext<Batch<PostsCreated>> context) =>
        notifications.Add(context.Message.Posts().SelectMany(NewNotification.Of));
}
