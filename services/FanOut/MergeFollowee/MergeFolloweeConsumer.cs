using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FanOut.Storage;

namespace Microblog.FanOut.MergeFollowee;

/// <summary>Shows a new follower what the followee wrote before.</summary>
internal sealed class MergeFolloweeConsumer(HomeTimelineChanges homes) : IConsumer<AccountFollowed>
{
    public Task Consume(ConsumeContext<AccountFollowed> context) => homes.MergeAuthor(context.Message);
}
