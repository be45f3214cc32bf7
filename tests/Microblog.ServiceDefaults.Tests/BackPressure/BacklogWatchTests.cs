using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.BackPressure;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microblog.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.Tests.BackPressure;

/// <summary>With a Redis of its own: what is said there, every Ingest would hear.</summary>
public sealed class BacklogWatchTests
{
    private const int BacklogMax = 20;
    private const int Handled = 2;

    [Fact]
    public async Task A_service_says_that_it_cannot_keep_up_and_stops_saying_so_when_it_has_caught_up()
    {
        await using var servers = await OwnServers.Start("redis");
        await using var world = await TestWorld.Create("behind", servers);
        var pace = new Pace();
        await using var service = await RunningClientApi.Start(
            _ => { },
            new() { ["BackPressure:BacklogMessagesMax"] = $"{BacklogMax}" },
            servers.Redis,
            configure: builder =>
            {
                builder.Services.AddSingleton(pace);
                builder.Services.AddMessaging(
                    "slow", world.RabbitMq, bus => bus.Listen<SlowConsumer, TokenRevoked>(Handled));
                builder.AddBacklogWatch();
            });
        var redis = service.Services.GetRequiredService<RedisGateway>();
        await service.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));

        var publisher = service.Services.GetRequiredService<Publisher>();
        for (var i = 0; i < MessagingDefaults.PrefetchMessages + (2 * BacklogMax); i++)
            await publisher.Publish(new TokenRevoked(i, DateTimeOffset.UnixEpoch), CancellationToken.None);

        await Until(() => BehindMark.IsSet(redis));
        pace.GoOn.SetResult();
        await Until(async () => !await BehindMark.IsSet(redis));
    }

    private static async Task Until(Func<Task<bool>> fact)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await fact())
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
    }

    internal sealed class Pace
    {
        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal sealed class SlowConsumer(Pace pace) : IConsumer<TokenRevoked>
    {
        public Task Consume(ConsumeContext<TokenRevoked> context) => pace.GoOn.Task;
    }
}
