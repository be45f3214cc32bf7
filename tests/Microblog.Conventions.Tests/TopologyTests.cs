using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Conventions.Tests;

public sealed class TopologyTests
{
    private const string Committed = "infra/rabbitmq/topology.txt";

    private static readonly string[] Questions =
        ["get-", "find-", "resolve-", "count-", "list-", "rebuild-", "suspend-", "unsuspend-"];

    private static readonly Uri NoBroker = new("amqp://nobody:nothing@127.0.0.1:1/");

    [Fact]
    public async Task The_committed_topology_is_the_declared_one()
    {
        var lines = (await Declared()).SelectMany(service => service.Lines);
        var declared = string.Join('\n', lines.Order(StringComparer.Ordinal));

        var committed = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, Committed))).Trim();

        Assert.True(declared == committed, $"{Committed} should read:\n{declared}\n");
    }

    [Fact]
    public async Task Every_durable_queue_is_a_quorum_queue_with_a_delivery_limit_and_unless_it_asks_dead_letters() =>
        Assert.All((await Declared()).SelectMany(service => service.Queues), queue =>
        {
            var arguments = queue["queueArguments"]!;
            Assert.Equal("quorum", (string?)arguments["x-queue-type"]);
            Assert.NotNull(arguments["x-delivery-limit"]);
            // A question expires when nobody waits for its answer any more, and is then of no account.
            Assert.Equal(
                Lines(queue).All(IsQuestion) ? null : "microblog.dead-letters",
                (string?)arguments["x-dead-letter-exchange"]);
        });

    [Fact]
    public async Task Every_event_and_command_is_heard_by_somebody()
    {
        var lines = (await Declared()).SelectMany(service => service.Lines);
        var heard = lines.Select(line => line.Split(' ')[0]).ToHashSet();

        Assert.All(
            typeof(Contracts.Ingest.PostCreated).Assembly.GetExportedTypes().Where(IsPublished),
            message => Assert.Contains(ExchangeOf(message), heard));
    }

    private static bool IsQuestion(string line) => Questions.Any(line.Split(' ')[0].Split('.')[^1].StartsWith);

    // What ends in Found, Matched, Resolved or Counted answers a question, and goes to who asked; the rest are parts.
    private static bool IsPublished(Type type) => type.IsClass && (
        type.Name.StartsWith("Get", StringComparison.Ordinal)
        || type.Name.StartsWith("Find", StringComparison.Ordinal)
        || type.Name.StartsWith("Append", StringComparison.Ordinal)
        || type.Name.EndsWith("sCreated", StringComparison.Ordinal)
        || type.Name.EndsWith("Deleted", StringComparison.Ordinal)
        || type.Name.EndsWith("Changed", StringComparison.Ordinal)
        || type.Name.EndsWith("followed", StringComparison.OrdinalIgnoreCase)
        || type.Name.EndsWith("Blocked", StringComparison.Ordinal)
        || type.Name.EndsWith("Revoked", StringComparison.Ordinal));

    private static string ExchangeOf(Type message) =>
        $"microblog.{MessageExchangeNames.Kebab(message.Namespace!.Split('.')[^1])}."
        + MessageExchangeNames.Kebab(message.Name);

    private static Task<Service[]> Declared() => Task.WhenAll(
        Probe("accounts", Accounts.AccountsConsumers.Add),
        Probe("fan-out", FanOut.FanOutConsumers.Add),
        Probe("follow-graph", FollowGraph.FollowGraphConsumers.Add),
        Probe("ingest", Ingest.IngestConsumers.Add),
        Probe("timeline", Timeline.TimelineConsumers.Add));

    private static async Task<Service> Probe(string service, Action<IBusRegistrationConfigurator> add)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMessaging(service, NoBroker, add);
        await using var provider = services.BuildServiceProvider();
        var probe = provider.GetRequiredService<IBusControl>().GetProbeResult();
        var host = JsonNode.Parse(JsonSerializer.Serialize(probe))!["Results"]!["bus"]!["host"]!;
        var queues = All(host["receiveEndpoint"]).Select(endpoint => endpoint["receiveTransport"]!).ToArray();
        return new([.. queues.SelectMany(Lines)], [.. queues.Where(queue => (bool)queue["durable"]!)]);
    }

    private static IEnumerable<string> Lines(JsonNode queue) =>
        from binding in All(queue["topology"]?["exchange-binding"])
        let source = (string)binding["source"]!
        where source.StartsWith("microblog.", StringComparison.Ordinal)
        select $"{source} {(string?)binding["routingKey"]} -> {Name((string)queue["queueName"]!)}";

    private static string Name(string queue) =>
        queue.Split("-process-") is [var name, _] ? $"{name} (one per process)" : queue;

    private static IEnumerable<JsonNode> All(JsonNode? oneOrMany) => oneOrMany switch
    {
        null => [],
        JsonArray many => many.OfType<JsonNode>(),
        _ => [oneOrMany],
    };

    /// <summary>
    /// What one service declares: its bindings as lines, and its durable queues as the bus describes them.
    /// </summary>
    private sealed record Service(string[] Lines, JsonNode[] Queues);
}
