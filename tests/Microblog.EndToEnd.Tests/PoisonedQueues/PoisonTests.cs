using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Microblog.EndToEnd.Tests.PoisonedQueues;

[Collection(nameof(KilledServiceTests))]
public sealed class PoisonTests
{
    /// <summary>So that some share a batch with each other, and some with posts of people.</summary>
    private const int Copies = 3;

    private const int Posts = 30;

    /// <summary>
    /// Of one queue, after those before it. Enough for three tries of each, one after the other, on a broker that waits
    /// for a slow disk.
    /// </summary>
    private static readonly TimeSpan PutAsideWithin = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Whatever_is_put_into_any_queue_ends_once_with_its_reason_and_delays_no_post()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        await bob.Follow(alice);
        await bob.Home();
        var factory = new ConnectionFactory { Uri = new(system.Server("MICROBLOG_RABBITMQ")) };
        await using var connection = await factory.CreateConnectionAsync();

        var injected = Inject(connection);
        var written = new List<string>();
        for (var i = 0; i < Posts; i++)
            written.Add(await alice.Write($"nothing of this is poison, {i}"));
        var expected = await injected;

        await Eventually.Is(async () => (await bob.Home("?limit=40")).SequenceEqual(written.AsEnumerable().Reverse()));
        await Eventually.Is(async () => Person.Ids(
            (await bob.Get($"/api/v1/accounts/{alice.Id}/statuses?limit=40")).Ok()).Length == Posts);
        foreach (var queue in Topology.Bindings.Select(binding => binding.Queue).Distinct())
            await IsPutAside(connection, queue, [.. expected.Where(poison => poison.Queue == queue)]);
    }

    private static async Task<IReadOnlyList<Injected>> Inject(IConnection connection)
    {
        // A quorum queue may drop what its broker has not confirmed when the channel is closed.
        await using var channel = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var injected = new List<Injected>();
        var confirmed = new List<Task>();
        for (var copy = 0; copy < Copies; copy++)
        {
            foreach (var (exchange, _, queue) in Topology.Bindings)
            {
                foreach (var poison in Poison.For(exchange))
                {
                    var one = new Injected(queue, poison, Guid.CreateVersion7().ToString());
                    var properties = new BasicProperties
                    {
                        ContentType = "application/vnd.masstransit+json",
                        DeliveryMode = DeliveryModes.Persistent,
                        MessageId = one.Id,
                    };
                    var body = Encoding.UTF8.GetBytes(poison.Body);
                    confirmed.Add(channel.BasicPublishAsync("", queue, true, properties, body).AsTask());
                    injected.Add(one);
                }
            }
        }

        await Task.WhenAll(confirmed);
        return injected;
    }

    private static async Task IsPutAside(IConnection connection, string queue, IReadOnlyList<Injected> injected)
    {
        var aside = new Dictionary<string, BasicGetResult>();
        var watch = Stopwatch.StartNew();
        bool IsMissing(Injected one) => one.Poison.EndsIn is not null && !aside.ContainsKey(one.Id);
        while (injected.FirstOrDefault(IsMissing) is { } missing)
        {
            Assert.True(watch.Elapsed < PutAsideWithin, $"{queue} has not put aside what is {missing.Poison.Kind}.");
            foreach (var ending in new[] { "_error", "_skipped" })
            {
                await foreach (var message in TakeAll(connection, queue + ending))
                {
                    // Exactly once, at the right place, as it came, and nobody's post with it.
                    Assert.True(aside.TryAdd(message.BasicProperties.MessageId!, message), $"{queue} has one twice.");
                    var one = Assert.Single(injected, one => one.Id == message.BasicProperties.MessageId);
                    Assert.Equal(one.Poison.EndsIn ?? "_error", ending);
                    Assert.Equal(one.Poison.Body, Encoding.UTF8.GetString(message.Body.Span));
                    Assert.Contains(message.BasicProperties.Headers!, header =>
                        header.Key == (ending == "_error" ? "MT-Fault-Message" : "MT-Reason"));
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        // The last of them may just be on its way back, to be tried once more.
        await Eventually.Is(async () => await Waiting(connection, queue) == 0);
    }

    private static async IAsyncEnumerable<BasicGetResult> TakeAll(IConnection connection, string queue)
    {
        if (await Waiting(connection, queue) == 0)
            yield break;
        await using var channel = await connection.CreateChannelAsync();
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
            yield return message;
    }

    private static async Task<uint> Waiting(IConnection connection, string queue)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync();
            return await channel.MessageCountAsync(queue);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The first message that is put aside makes the queue.
            return 0;
        }
    }

    private sealed record Injected(string Queue, Poison Poison, string Id);
}
