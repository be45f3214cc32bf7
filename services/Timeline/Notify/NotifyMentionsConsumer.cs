using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Notify;

/// <summary>
/// Tells people that they were mentioned or boosted. Apart from storing, so that it goes on while Postgres is away.
/// </summary>
internal sealed class NotifyMentionsConsumer(NotificationLists notifications) : IConsumer<Batch<PostCreated>>
{
    public Task Consume(ConsumeContext<Batch<PostCreated>> context) =>
        notifications.Add(context.Message.SelectMany(message => NewNotification.Of(message.Message)));
}
