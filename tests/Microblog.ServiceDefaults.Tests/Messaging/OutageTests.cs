using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microblog.TestServers;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Microblog.ServiceDefaults.Tests.Messaging;

/// <summary>What a publish ends with that the broker does not take is an outage, and no fault of any message.</summary>
public sealed class OutageTests
{
    private const string Exchange = "microblog.accounts.token-revoked";

    [Fact]
    public async Task A_full_queue_is_an_outage_that_ends_when_it_has_room()
    {
        await using var world = await TestWorld.Create("full");
        await using var service = await RunningClientApi.Start(
            _ => { }, configure: builder => builder.Services.AddMessaging("full", world.RabbitMq, _ => { }));
        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Exchange, "topic", durable: true);
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-max-length"] = 1,
            ["x-overflow"] = "reject-publish",
        };
        await channel.QueueDeclareAsync("full", durable: true, exclusive: false, autoDelete: false, arguments);
        await channel.QueueBindAsync("full", Exchange, "#");
        var bus = service.Services.GetRequiredService<IPublishingBus>();

        var refusal = await RefusalOf(bus);

        Assert.True(Outage.Caused(refusal), refusal.ToString());
        await channel.QueuePurgeAsync("full");
        await Publish(bus);
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_an_outage()
    {
        await using var world = await TestWorld.Create("missing");
        await using var service = await RunningClientApi.Start(
            _ => { }, configure: builder => builder.Services.AddMessaging("missing", world.RabbitMq, _ => { }));

        var refusal = await Assert.ThrowsAnyAsync<Exception>(
            () => Publish(service.Services.GetRequiredService<IPublishingBus>()));

        Assert.True(Outage.Caused(refusal), refusal.ToString());
    }

    // A quorum queue counts a moment later, and lets a few more in than it should.
    private static async Task<Exception> RefusalOf(IPublishingBus bus)
    {
        const int enough = 1_000;
        for (var i = 0; i < enough; i++)
        {
            try
            {
                await Publish(bus);
            }
            catch (Exception refusal)
            {
                return refusal;
            }
        }

        throw new InvalidOperationException($"The queue takes {enough} messages.");
    }

    private static Task Publish(IPublishingBus bus) =>
        bus.Publish(new TokenRevoked(1, DateTimeOffset.UnixEpoch), publish => publish.Mandatory = true);
}
