using System.Collections.Concurrent;
using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microblog.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.Tests.Messaging;

public sealed class RejoiningTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_bus_whose_connections_were_cut_goes_on_consuming()
    {
        await using var world = await TestWorld.Create("rejoining");
        await using var service = await Start(world.RabbitMq);
        await Publish(service, 1);
        await Until(() => Heard(service).Contains(1));
        var ends = new Ends();
        using var observed = service.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpointObserver(ends);

        service.Services.GetRequiredService<BrokerSockets>().Cut();
        await ends.OfConsuming.Task.WaitAsync(Deadline);
        await Publish(service, 2);
        await Until(() => Heard(service).Contains(2));
    }

    private static async Task<RunningClientApi> Start(Uri broker)
    {
        var service = await RunningClientApi.Start(_ => { }, configure: builder =>
        {
            builder.Services.AddSingleton<HeardIds>();
            builder.Services.AddMessaging("rejoining", broker, bus => bus.Listen<HearConsumer, TokenRevoked>());
            builder.Services.AddHostedService<BrokerWatch>();
        });
        await service.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, Deadline);
        return service;
    }

    private static Task Publish(RunningClientApi service, long tokenId) =>
        service.Services.GetRequiredService<Publisher>()
            .Publish(new TokenRevoked(tokenId, DateTimeOffset.UnixEpoch), CancellationToken.None);

    private static ConcurrentQueue<long> Heard(RunningClientApi service) =>
        service.Services.GetRequiredService<HeardIds>().Ids;

    private static async Task Until(Func<bool> fact)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!fact())
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
    }

    internal sealed class HeardIds
    {
        public ConcurrentQueue<long> Ids { get; } = new();
    }

    internal sealed class HearConsumer(HeardIds heard) : IConsumer<TokenRevoked>
    {
        public Task Consume(ConsumeContext<TokenRevoked> context)
        {
            heard.Ids.Enqueue(context.Message.TokenId);
            return Task.CompletedTask;
        }
    }

    /// <summary>Hears when a queue is not consumed any more.</summary>
    private sealed class Ends : IReceiveEndpointObserver
    {
        public TaskCompletionSource OfConsuming { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completed(ReceiveEndpointCompleted completed)
        {
            OfConsuming.TrySetResult();
            return Task.CompletedTask;
        }

        public Task Ready(ReceiveEndpointReady ready) => Task.CompletedTask;

        public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

        public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
    }
}
