using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;

namespace Microblog.FollowGraph.RestoreRelations;

/// <summary>
/// Answers with all relations of an account, and writes them where the next reader finds them without asking.
/// </summary>
internal sealed class RestoreRelationsConsumer(Relations relations, FollowGraphMetrics metrics)
    : IConsumer<GetRelations>
{
    public async Task Consume(ConsumeContext<GetRelations> context)
    {
        var accountId = context.Message.AccountId;
        var found = await relations.Restore(accountId, context.CancellationToken);
        metrics.SnapshotRestored(found.Count);
        await context.RespondAsync(new RelationsFound(accountId, found));
    }
}
