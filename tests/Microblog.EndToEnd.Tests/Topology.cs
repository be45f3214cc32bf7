using Microblog.TestServers;

namespace Microblog.EndToEnd.Tests;

/// <summary>One binding of <c>infra/rabbitmq/topology.txt</c> that leads to a durable queue.</summary>
internal sealed record Topology(string Exchange, string RoutingKey, string Queue)
{
    public static IReadOnlyList<Topology> Bindings { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "infra/rabbitmq/topology.txt"))
            .Where(line => !line.EndsWith("(one per process)", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .Select(words => new Topology(words[0], words[1], words[3])),
    ];

    /// <summary>Whether a message that was published with this key comes this way.</summary>
    public bool Takes(string exchange, string routingKey) =>
        Exchange == exchange && (RoutingKey == "#" || RoutingKey == routingKey);
}
