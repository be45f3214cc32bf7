using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;

namespace Microblog.FollowGraph.RestoreFollowCounts;

/// <summary>Answers with follow counts, and writes them where the next reader finds them without asking.</summary>
internal sealed class RestoreFollowCountsConsumer(FollowCountSnapshots counts) : IConsumer<GetFollowCounts>
{
    public async Task Consume(ConsumeContext<GetFollowCounts> context)
    {
        var found = await counts.Restore(context.Message.AccountIds, context.CancellationToken);
        await context.RespondAsync(new FollowCountsFound(found));
    }
}
