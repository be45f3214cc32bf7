using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.FollowGraph.ExpandAudience;

/// <summary>Sends posts to their readers that waited for Postgres; they stay queued until it is back.</summary>
internal sealed class ExpandPutOffConsumer(PostgresReturn postgres, AudienceExpander expander)
    : IConsumer<Batch<ExpandLater>>
{
    public async Task Consume(ConsumeContext<Batch<ExpandLater>> context)
    {
        await postgres.Wait(context.CancellationToken);
        var posts = context.Message.Select(message => message.Message.Post);
        var stillPutOff = await expander.Expand(posts, context, tellsAuthors: false, context.CancellationToken);
        if (stillPutOff.Count > 0)
            throw new TimeoutException($"Post {stillPutOff[0].PostId} and others still wait for Postgres.");
    }
}
