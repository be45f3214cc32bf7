using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;

namespace Microblog.FollowGraph.RefreshFollowCounts;

/// <summary>Repairs the counts in Redis when a process ended between its commit and writing them.</summary>
internal sealed class RefreshUnfollowedConsumer(FollowCountSnapshots counts) : IConsumer<AccountUnfollowed>
{
    public Task Consume(ConsumeContext<AccountUnfollowed> context) => counts.Restore(
        [context.Message.FollowerId, context.Message.FolloweeId],
        context.CancellationToken);
}
