using System.Diagnostics;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Where everything that people write becomes durable: in the broker, once it has confirmed. Whatever somebody
/// changes goes through here, so that a second durable place has one door to stand behind.
/// </summary>
internal sealed class AcceptedWrites(Publisher publisher, IngestMetrics metrics)
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
            throw;
        }

        metrics.Accepted(typeof(TMessage).Name, Stopwatch.GetElapsedTime(started));
    }
}
