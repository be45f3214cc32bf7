using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Microblog.LoadTest.Measuring;

/// <summary>How many messages wait in each queue of the committed topology, and in those of failed messages.</summary>
public sealed class Queues : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IReadOnlyList<string> _names;
    private IChannel? _channel;

    private Queues(IConnection connection, IReadOnlyList<string> names)
    {
        _connection = connection;
        _names = names;
    }

    /// <param name="address">amqp[s]://user:password@host:port/virtual-host</param>
    public static async Task<Queues> Connect(string address)
    {
        var factory = new ConnectionFactory { Uri = new(address), ClientProvidedName = "load" };
        return new(await factory.CreateConnectionAsync(), Names());
    }

    /// <summary>Messages ready for a consumer, by queue; those that a consumer holds are not counted.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Read()
    {
        var depths = new Dictionary<string, long>();
        foreach (var name in _names)
            depths[name] = await Depth(name) ?? 0;
        return depths;
    }

    /// <summary>Messages that consumers gave up.</summary>
    public async Task<long> ReadFailed()
    {
        var sum = 0L;
        foreach (var name in _names)
            sum += await Depth($"{name}_error") ?? 0;
        return sum;
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    /// <summary>Null when there is no such queue.</summary>
    private async Task<long?> Depth(string name)
    {
        if (_channel is not { IsOpen: true })
            _channel = await _connection.CreateChannelAsync();
        try
        {
            var queue = await _channel.QueueDeclarePassiveAsync(name);
            return queue.MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            // The broker closes the channel over it; the next question opens another.
            return null;
        }
    }

    private static string[] Names()
    {
        using var stream = typeof(Queues).Assembly.GetManifestResourceStream("topology.txt")
            ?? throw new InvalidOperationException("The topology is missing.");
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                // Queues that each process has for itself have names that nobody knows.
                .Where(binding => !binding.EndsWith(')'))
                .Select(binding => binding.Split(" -> ")[1].Trim())
                .Distinct(),
        ];
    }

    /// <summary>The deepest ones, for people to read.</summary>
    public static string Describe(IReadOnlyDictionary<string, long> depths) => string.Join(
        ", ",
        depths.Where(queue => queue.Value > 0)
            .OrderByDescending(queue => queue.Value)
            .Take(3)
            .Select(queue => string.Create(CultureInfo.InvariantCulture, $"{queue.Key} {queue.Value:#,0}")));
}
