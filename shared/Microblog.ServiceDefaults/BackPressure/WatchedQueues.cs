using System.Collections.Concurrent;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>The durable queues that this service consumes; known when its bus has been configured.</summary>
internal sealed class WatchedQueues(Uri brokerAddress)
{
    private readonly ConcurrentQueue<string> _names = new();

    public Uri BrokerAddress => brokerAddress;

    public IReadOnlyList<string> Names => [.. _names.Distinct()];

    public void Add(string queue) => _names.Enqueue(queue);
}
