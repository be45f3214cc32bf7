using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FanOut.Storage;

namespace Microblog.FanOut.RemoveAuthor;

/// <summary>Takes someone unfollowed out of the reader's timeline.</summary>
internal sealed class RemoveUnfollowedConsumer(HomeTimelineChanges homes) : IConsumer<AccountUnfollowed>
{
    public Task Consume(ConsumeContext<AccountUnfollowed> context)
    {
        var unfollow = context.Message;
        return homes.RemoveAuthor(unfollow.FollowerId, unfollow.FolloweeId, unfollow.UnfollowedAt);
    }
}
