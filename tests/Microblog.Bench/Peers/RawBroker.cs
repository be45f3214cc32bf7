using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Microblog.Bench.Peers;

/// <summary>
/// P6: RabbitMQ.Client alone through a queue of the same kind: confirms in flight, batches of acknowledgements.
/// </summary>
public sealed class RawBroker : IAsyncDisposable
{
    private const string Queue = "bench-raw";
    private const int InFlightMax = 1_000;
    private const ushort Prefetch = 256;
    private const uint AcknowledgedTogether = 16;

    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly IChannel _consuming;
    private long _consumed;
    private long _awaited;
    private TaskCompletionSource _done = new();

    private RawBroker(IConnection connection, IChannel publishing, IChannel consuming)
    {
        _connection = connection;
        _publishing = publishing;
        _consuming = consuming;
    }

    public static async Task<RawBroker> Connect(Uri address)
    {
        var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        var confirms = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true,
            outstandingPublisherConfirmationsRateLimiter: null);
        var raw = new RawBroker(
            connection, await connection.CreateChannelAsync(confirms), await connection.CreateChannelAsync());
        await raw._publishing.QueueDeclareAsync(
            Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await raw.Consume();
        return raw;
    }

    /// <summary>Messages per second through the broker, from the first publish until the last is consumed.</summary>
    public async Task<double> Measure(ReadOnlyMemory<byte> body, int messageCount)
    {
        var started = TimeProvider.System.GetTimestamp();
        _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _awaited, Volatile.Read(ref _consumed) + messageCount);
        var properties = new BasicProperties { Persistent = true, ContentType = "application/json" };
        var confirms = new List<Task>(InFlightMax);
        for (var i = 0; i < messageCount; i++)
        {
            confirms.Add(_publishing.BasicPublishAsync("", Queue, mandatory: true, properties, body).AsTask());
            if (confirms.Count < InFlightMax)
                continue;
            await Task.WhenAll(confirms);
            confirms.Clear();
        }

        await Task.WhenAll(confirms);
        await _done.Task;
        return messageCount / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private async Task Consume()
    {
        await _consuming.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(_consuming);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var isLast = ++_consumed == Volatile.Read(ref _awaited);
            if (isLast || message.DeliveryTag % AcknowledgedTogether == 0)
                await _consuming.BasicAckAsync(message.DeliveryTag, multiple: true);
            if (isLast)
                _done.SetResult();
        };
        await _consuming.BasicConsumeAsync(Queue, autoAck: false, consumer);
    }
}
