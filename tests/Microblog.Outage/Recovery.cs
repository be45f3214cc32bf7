using Microblog.TestServers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace Microblog.Outage;

/// <summary>
/// The facts that make up a system in good health: every service ready, the spool empty, every queue consumed and
/// short, and no answer that speaks of a standby.
/// </summary>
public sealed class Recovery(Instance instance, Client client, Person reader) : IDisposable
{
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new() { Timeout = ProbeDeadline };

    public void Dispose() => _http.Dispose();

    /// <summary>The first fact that does not hold; null when all hold.</summary>
    /// <param name="backlogMax">Messages that may wait in one queue: none unless people write meanwhile.</param>
    public async Task<string?> Lacks(uint backlogMax)
    {
        try
        {
            return await Unready() ?? await Spool() ?? await Backlog(backlogMax) ?? await Standby();
        }
        catch (Exception away) when (away is RedisException or TimeoutException or OperationCanceledException
            or IOException or BrokerUnreachableException or OperationInterruptedException)
        {
            return away.Message;
        }
    }

    private async Task<string?> Unready()
    {
        foreach (var health in instance.Health)
        {
            try
            {
                using var answer = await _http.GetAsync(health);
                if (!answer.IsSuccessStatusCode)
                    return $"{health} answers {(int)answer.StatusCode}";
            }
            catch (HttpRequestException away)
            {
                return $"{health} does not answer: {away.Message}";
            }
        }

        return null;
    }

    private async Task<string?> Spool()
    {
        var options = ConfigurationOptions.Parse(instance.Server("MICROBLOG_REDIS"));
        using var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(ProbeDeadline);
        // Streams are not in this client's API.
        var length = (long)await redis.GetDatabase().ExecuteAsync("XLEN", (RedisKey)"spool").WaitAsync(ProbeDeadline);
        return length == 0 ? null : $"{length} writes are in the spool";
    }

    private async Task<string?> Backlog(uint backlogMax)
    {
        using var deadline = new CancellationTokenSource(ProbeDeadline);
        var factory = new ConnectionFactory
        {
            Uri = new(instance.Server("MICROBLOG_RABBITMQ")),
            AutomaticRecoveryEnabled = false,
        };
        await using var connection = await factory.CreateConnectionAsync(deadline.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: deadline.Token);
        foreach (var queue in Queues())
        {
            var state = await channel.QueueDeclarePassiveAsync(queue, deadline.Token);
            if (state.ConsumerCount == 0)
                return $"nobody consumes {queue}";
            if (state.MessageCount > backlogMax)
                return $"{state.MessageCount} messages wait in {queue}";
        }

        return null;
    }

    private async Task<string?> Standby()
    {
        var home = await client.Send(HttpMethod.Get, "/api/v1/timelines/home?limit=1", reader.Token);
        if (!home.IsOk)
            return $"a home timeline is answered with {home.Status}";
        return home.Standby is { } parts ? $"answers are given without {parts}" : null;
    }

    private static IEnumerable<string> Queues() =>
        File.ReadLines(Path.Combine(Repository.Root, "infra/rabbitmq/topology.txt"))
            .Where(line => !line.EndsWith("(one per process)", StringComparison.Ordinal))
            .Select(line => line.Split(" -> ")[1]);
}
