using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FanOut.Storage;

namespace Microblog.FanOut.RemoveAuthor;

/// <summary>Takes two accounts out of each other's timelines.</summary>
internal sealed class RemoveBlockedConsumer(HomeTimelineChanges homes) : IConsumer<AccountBlocked>
{
    public async Task Consume(ConsumeContext<AccountBlocked> context)
    {
        var block = context.Message;
        await homes.RemoveAuthor(block.AccountId, block.BlockedId, block.BlockedAt);
        await homes.RemoveAuthor(block.BlockedId, block.AccountId, block.BlockedAt);
    }
}
