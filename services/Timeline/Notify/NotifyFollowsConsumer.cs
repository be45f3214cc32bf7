using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Notify;

/// <summary>Tells people that somebody follows them.</summary>
internal sealed class NotifyFollowsConsumer(NotificationLists notifications) : IConsumer<Batch<AccountFollowed>>
{
    public Task Consume(ConsumeContext<Batch<AccountFollowed>> context) =>
        notifications.Add(context.Message.Select(message => NewNotification.Of(message.Message)));
}
