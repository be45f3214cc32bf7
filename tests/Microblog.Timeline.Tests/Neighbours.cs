using System.Collections.Concurrent;
using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microblog.Timeline.Tests;

/// <summary>What the other services know, hear and would answer; on a real broker, in place of the services.</summary>
public sealed class Neighbours
{
    private IHost? _host;

    internal ConcurrentDictionary<long, AccountProfile> Accounts { get; } = [];

    internal ConcurrentDictionary<long, IReadOnlyList<Relation>> Relations { get; } = [];

    /// <summary>By followee.</summary>
    internal ConcurrentDictionary<long, IReadOnlyList<AccountFollowed>> Follows { get; } = [];

    /// <summary>The deletions that were announced, by whomever.</summary>
    internal ConcurrentQueue<PostDeleted> Deleted { get; } = [];

    public async Task Start(Uri broker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(this);
        builder.Services.AddMessaging("neighbours", broker, AddConsumers);
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task Stop()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    public Task Publish<TMessage>(TMessage message)
        where TMessage : class =>
        _host!.Services.GetRequiredService<Publisher>().Publish(message, CancellationToken.None);

    public Task<TAnswer> Ask<TQuestion, TAnswer>(TQuestion question)
        where TQuestion : class
        where TAnswer : class =>
        _host!.Services.GetRequiredService<Publisher>().Ask<TQuestion, TAnswer>(question, CancellationToken.None);

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.Listen<HearDeletionsConsumer, PostDeleted>();
        bus.Answer<AnswerAccountsConsumer, GetAccounts>();
        bus.Answer<AnswerSearchConsumer, FindAccounts>();
        bus.Answer<AnswerRelationsConsumer, GetRelations>();
        bus.Answer<AnswerFollowCountsConsumer, GetFollowCounts>();
        bus.Answer<AnswerFollowsConsumer, GetFollows>();
    }

    internal sealed class HearDeletionsConsumer(Neighbours world) : IConsumer<PostDeleted>
    {
        public Task Consume(ConsumeContext<PostDeleted> context)
        {
            world.Deleted.Enqueue(context.Message);
            return Task.CompletedTask;
        }
    }

    internal sealed class AnswerAccountsConsumer(Neighbours world) : IConsumer<GetAccounts>
    {
        public Task Consume(ConsumeContext<GetAccounts> context) => context.RespondAsync(new AccountsFound(
            [.. context.Message.AccountIds.Where(world.Accounts.ContainsKey).Select(id => world.Accounts[id])]));
    }

    internal sealed class AnswerSearchConsumer(Neighbours world) : IConsumer<FindAccounts>
    {
        public Task Consume(ConsumeContext<FindAccounts> context) => context.RespondAsync(new AccountsMatched(
        [
            .. world.Accounts.Values
                .Where(account => account.Username.Contains(context.Message.Query, StringComparison.OrdinalIgnoreCase))
                .Take(context.Message.Limit)
                .Select(account => account.AccountId),
        ]));
    }

    internal sealed class AnswerRelationsConsumer(Neighbours world) : IConsumer<GetRelations>
    {
        public Task Consume(ConsumeContext<GetRelations> context) => context.RespondAsync(new RelationsFound(
            context.Message.AccountId,
            world.Relations.GetValueOrDefault(context.Message.AccountId) ?? []));
    }

    internal sealed class AnswerFollowCountsConsumer : IConsumer<GetFollowCounts>
    {
        public Task Consume(ConsumeContext<GetFollowCounts> context) => context.RespondAsync(new FollowCountsFound(
            [.. context.Message.AccountIds.Select(id => new FollowCounts(id, 0, 0, 0))]));
    }

    internal sealed class AnswerFollowsConsumer(Neighbours world) : IConsumer<GetFollows>
    {
        public Task Consume(ConsumeContext<GetFollows> context)
        {
            var follows = world.Follows.GetValueOrDefault(context.Message.FolloweeId) ?? [];
            return context.RespondAsync(new FollowsFound(
            [
                .. follows.Where(follow => follow.FollowId < context.Message.BeforeId)
                    .OrderByDescending(follow => follow.FollowId)
                    .Take(context.Message.Limit),
            ]));
        }
    }
}
