using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Notify;

/// <summary>Takes back what <see cref="NotifyFollowsConsumer"/> told, whichever of them is first.</summary>
internal sealed class WithdrawFollowsConsumer(NotificationLists notifications) : IConsumer<Batch<AccountUnfollowed>>
{
    public Task Consume(ConsumeContext<Batch<AccountUnfollowed>> context) =>
        notifications.Add(context.Message.Select(message => new NewNotification(
            message.Message.FolloweeId,
            NotificationEntry.Dismissing(message.Message.FollowId))));
}
