using System.Diagnostics;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Where everything that people write becomes durable: in the broker, once it has confirmed, or else in the
/// <see cref="Spool"/>.
/// </summary>
internal sealed class AcceptedWrites(Publisher publisher, PostGroups posts, Spool spool, IngestMetrics metrics)
{
    /// <summary>
    /// Returns when the message is durable. A write that began is finished, even when the client has gone.
    /// </summary>
    /// <exception cref="BrokerAwayException">No durable place is left. The message may arrive all the same.</exception>
    public Task Add<TMessage>(TMessage message)
        where TMessage : class =>
        Add(message, () => publisher.Publish(message, CancellationToken.None));

    /// <summary>The same for a post, which may go in one message with others.</summary>
    /// <exception cref="BrokerAwayException">As above.</exception>
    public Task AddPost(PostCreated post) => Add(new PostsCreated([post]), () => posts.Publish(post));

    private async Task Add<TMessage>(TMessage message, Func<Task> publish)
        where TMessage : class
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await publish();
        }
        catch (BrokerAwayException)
        {
            metrics.PublishFailed(typeof(TMessage).Name);
            if (!await IsSpooled(message))
                throw;

            metrics.Spooled(typeof(TMessage).Name);
            return;
        }

        metrics.Published(typeof(TMessage).Name, Stopwatch.GetElapsedTime(started));
    }

    private async Task<bool> IsSpooled<TMessage>(TMessage message)
        where TMessage : class
    {
        try
        {
            return await spool.TryAdd(message);
        }
        catch (RedisAwayException)
        {
            // Both are away: what the client hears is that the broker did not confirm.
            return false;
        }
    }
}
