using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Microblog.Admin.Storage;

/// <summary>
/// Queues as AMQP shows them. Without MassTransit, because a message that failed must go back as it was, whatever is in
/// it.
/// </summary>
internal sealed class Broker(Uri address) : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private IConnection? _connection;

    /// <summary>How many messages are ready and who consumes; null when there is no such queue.</summary>
    public async Task<QueueDeclareOk?> Find(string queue, CancellationToken cancellationToken)
    {
        // A question about what does not exist costs the channel.
        await using var channel = await Open(confirms: false, cancellationToken);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
        }
        catch (OperationInterruptedException refusal) when (refusal.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    /// <summary>Messages that nobody has taken yet, 0 when there is no such queue.</summary>
    public async Task<uint> Ready(string queue, CancellationToken cancellationToken) =>
        (await Find(queue, cancellationToken))?.MessageCount ?? 0;

    /// <summary>
    /// Makes the way from a message's exchange to a queue, over the exchange that has the queue's name.
    /// </summary>
    public async Task Bind(Topology.Binding binding, CancellationToken cancellationToken)
    {
        await using var channel = await Open(confirms: false, cancellationToken);
        await channel.ExchangeBindAsync(
            binding.Queue, binding.Exchange, binding.RoutingKey, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(binding.Queue, binding.Queue, "", cancellationToken: cancellationToken);
    }

    /// <param name="confirms">Whether publishing returns only when the broker has the message.</param>
    public async Task<IChannel> Open(bool confirms, CancellationToken cancellationToken)
    {
        _connection ??= await new ConnectionFactory
        {
            Uri = address,
            ClientProvidedName = "microblog-admin",
            RequestedConnectionTimeout = Deadline,
            ContinuationTimeout = Deadline,
        }.CreateConnectionAsync(cancellationToken);
        return await _connection.CreateChannelAsync(new(confirms, confirms), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
    }
}
