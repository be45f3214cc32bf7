using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.ExpandAudience;

/// <summary>
/// Sends posts to their readers. While Postgres is away, posts of authors whose followers are not at hand wait in a
/// queue of their own, so that they hold up nobody else's.
/// </summary>
internal sealed class ExpandAudienceConsumer(AudienceExpander expander) : IConsumer<Batch<PostsCreated>>
{
    public async Task Consume(ConsumeContext<Batch<PostsCreated>> context)
    {
        var posts = context.Message.Posts();
        var putOff = await expander.Expand(posts, context, tellsAuthors: true, context.CancellationToken);
        await Task.WhenAll(putOff.Select(post => context
            .Publish(new ExpandLater(post), publish => publish.Mandatory = true, CancellationToken.None)
            .WaitAsync(Publisher.PublishDeadline)));
    }
}
