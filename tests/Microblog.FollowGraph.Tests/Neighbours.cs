using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Logging;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.FanOut;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microblog.FollowGraph.Tests;

/// <summary>What the other services hear, ask and answer; on a real broker, in place of the services.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private IHost? _host;

    public Heard Heard { get; } = new();

    public ConcurrentDictionary<long, AccountProfile> Accounts { get; } = [];

    public IPublishingBus Bus => _host!.Services.GetRequiredService<IPublishingBus>();

    public Publisher Publisher => _host!.Services.GetRequiredService<Publisher>();

    public async Task Start(Uri broker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(this);
        builder.Services.AddMessaging("neighbours", broker, AddConsumers);
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        _host = builder.Build();
        await _host.StartAsync();
    }

    /// <summary>The commands with this post; returns when everything published before has been heard.</summary>
    public async Task<IReadOnlyList<HeardCommand>> Commands(long postId)
    {
        var fence = -RunningFollowGraph.NewId();
        foreach (var lane in Enum.GetValues<Lane>())
        {
            await Bus.PublishTo(lane, new AppendToTimelines([new(fence, [])]), CancellationToken.None);
            await Heard.First<HeardCommand>(heard => heard.Lane == lane && Names(heard, fence));
        }

        return Heard.All<HeardCommand>(heard => Names(heard, postId));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        await _host.StopAsync();
        _host.Dispose();
    }

    private static bool Names(HeardCommand heard, long postId) =>
        heard.Command.Deliveries.Any(delivery => delivery.PostId == postId);

    private static void Hear(Neighbours world, Lane lane, ConsumeContext<AppendToTimelines> command) => world.Heard.Add(
        new HeardCommand(lane, command.Message, command.Headers.Get<string>(DiagnosticHeaders.ActivityId)));

    // One at a time: then each queue is heard in the order in which it was published to.
    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConfigureEndpointsCallback((_, queue, endpoint) =>
        {
            if (queue.StartsWith("neighbours-hear-", StringComparison.Ordinal))
                endpoint.ConcurrentMessageLimit = 1;
        });
        bus.ListenInBatches<HearSmallConsumer, AppendToTimelines>(messagesMax: 1, Lane.Small, batches: 1);
        bus.ListenInBatches<HearBulkConsumer, AppendToTimelines>(messagesMax: 1, Lane.Bulk, batches: 1);
        bus.Listen<HearConsumer<AccountFollowed>, AccountFollowed>(concurrency: 1);
        bus.Listen<HearConsumer<AccountUnfollowed>, AccountUnfollowed>(concurrency: 1);
        bus.Listen<HearConsumer<AccountBlocked>, AccountBlocked>(concurrency: 1);
        bus.Answer<AnswerAccountsConsumer, GetAccounts>();
        bus.Answer<AnswerAuthorCountsConsumer, GetAuthorCounts>();
    }

    internal sealed class HearConsumer<TMessage>(Neighbours world) : IConsumer<TMessage>
        where TMessage : class
    {
        public Task Consume(ConsumeContext<TMessage> context)
        {
            world.Heard.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    internal sealed class HearSmallConsumer(Neighbours world) : IConsumer<Batch<AppendToTimelines>>
    {
        public Task Consume(ConsumeContext<Batch<AppendToTimelines>> context)
        {
            Hear(world, Lane.Small, context.Message.Single());
            return Task.CompletedTask;
        }
    }

    internal sealed class HearBulkConsumer(Neighbours world) : IConsumer<Batch<AppendToTimelines>>
    {
        public Task Consume(ConsumeContext<Batch<AppendToTimelines>> context)
        {
            Hear(world, Lane.Bulk, context.Message.Single());
            return Task.CompletedTask;
        }
    }

    internal sealed class AnswerAccountsConsumer(Neighbours world) : IConsumer<GetAccounts>
    {
        public Task Consume(ConsumeContext<GetAccounts> context) => context.RespondAsync(new AccountsFound(
            [.. context.Message.AccountIds.Where(world.Accounts.ContainsKey).Select(id => world.Accounts[id])]));
    }

    internal sealed class AnswerAuthorCountsConsumer : IConsumer<GetAuthorCounts>
    {
        public Task Consume(ConsumeContext<GetAuthorCounts> context) => context.RespondAsync(new AuthorCountsFound(
            [.. context.Message.AccountIds.Select(id => new AuthorCounts(id, 0, null, 0))]));
    }
}
