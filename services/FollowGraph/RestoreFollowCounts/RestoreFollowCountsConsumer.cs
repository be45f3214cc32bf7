using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.FollowGraph.RestoreFollowCounts;

/// <summary>Answers with follow counts, and writes them, unless Redis is away, for the next reader.</summary>
internal sealed class RestoreFollowCountsConsumer(FollowCountSnapshots counts) : IConsumer<GetFollowCounts>
{
    public async Task Consume(ConsumeContext<GetFollowCounts> context)
    {
        var found = await counts.Read(context.Message.AccountIds, context.CancellationToken);
        await SpareWrites.Try(() => counts.Write(found));
        await context.RespondAsync(new FollowCountsFound(found));
    }
}
