using System.Diagnostics;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Where everything that people write becomes durable: in the broker, once it has confirmed, or else in the
/// <see cref="Spool"/>.
/// </summary>
internal sealed class AcceptedWrites(Publisher publisher, Spool spool, IngestMetrics metrics)
{
    /// <summary>
    /// Returns when the message is durable. A write that began is finished, even when the client has gone.
    /// </summary>
    /// <exception cref="BrokerAwayException">No durable place is left. The message may arrive all the same.</exception>
    public async Task Add<TMessage>(TMessage message)
        where TMessage : class
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await publisher.Publish(message, CancellationToken.None);
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
