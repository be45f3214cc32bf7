using Microblog.ServiceDefaults.Messaging;
using RabbitMQ.Client;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>
/// How many messages wait in queues, asked of the broker on a connection that does nothing else: an alarm does not
/// block it, because it never publishes.
/// </summary>
internal sealed class QueueDepths(Uri brokerAddress) : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>What is in the queue and not yet handed out, and how many take from it.</summary>
    /// <exception cref="Exception">One that <see cref="Outage.Caused"/> knows: the broker is away, or has no such
    /// queue. The next call connects again.</exception>
    public async Task<QueueDeclareOk> Of(string queue)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            _channel ??= await Open(deadline.Token);
            return await _channel.QueueDeclarePassiveAsync(queue, deadline.Token);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel = null;
        if (Interlocked.Exchange(ref _connection, null) is not { } connection)
            return;
        // First without manners: a broker that hangs says no goodbye.
        await connection.AbortAsync(Deadline);
        await connection.DisposeAsync();
    }

    private async Task<IChannel> Open(CancellationToken cancellationToken)
    {
        _connection = await new ConnectionFactory
        {
            Uri = brokerAddress,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = Deadline,
            ContinuationTimeout = Deadline,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            ClientProvidedName = "queue depths",
        }.CreateConnectionAsync(cancellationToken);
        return await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
    }
}
