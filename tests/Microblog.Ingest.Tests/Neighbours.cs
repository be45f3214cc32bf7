using System.Collections.Concurrent;
using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microblog.Ingest.Tests;

/// <summary>What the other services know and would answer; on a real broker, in place of the services.</summary>
public sealed class Neighbours : IAsyncDisposable
{
    private IHost? _host;

    /// <summary>What Ingest published.</summary>
    public Heard Heard { get; } = new();

    /// <summary>The questions that Ingest asked.</summary>
    public Heard Asked { get; } = new();

    internal ConcurrentDictionary<long, StoredPost> Posts { get; } = [];

    internal ConcurrentDictionary<long, IReadOnlyList<PostMark>> Marks { get; } = [];

    internal ConcurrentDictionary<long, AccountProfile> Accounts { get; } = [];

    internal ConcurrentDictionary<long, IReadOnlyList<Relation>> Relations { get; } = [];

    public async Task Start(Uri broker)
    {
        var builder = Host.CreateApplicationBuilder();
        // They lose the broker whenever a test takes it away.
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton(Heard);
        builder.Services.AddMessaging("neighbours", broker, AddConsumers);
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        _host = builder.Build();
        await _host.StartAsync();
    }

    /// <summary>Returns when everything that Ingest published before has been heard.</summary>
    public async Task Settle()
    {
        var publisher = _host!.Services.GetRequiredService<Publisher>();
        var fence = -RunningIngest.NewId();
        var now = TimeProvider.System.GetUtcNow();
        await publisher.Publish(new PostsCreated([APost.By(fence)]), CancellationToken.None);
        await publisher.Publish(new PostDeleted(fence, fence, now), CancellationToken.None);
        await publisher.Publish(new FavouriteChanged(fence, fence, fence, fence, true, now), CancellationToken.None);
        await publisher.Publish(new BookmarkChanged(fence, fence, fence, true, now), CancellationToken.None);

        await Heard.First<PostCreated>(post => post.AuthorId == fence);
        await Heard.First<PostDeleted>(post => post.AuthorId == fence);
        await Heard.First<FavouriteChanged>(change => change.AccountId == fence);
        await Heard.First<BookmarkChanged>(change => change.AccountId == fence);
    }

    public Task Tell<TMessage>(TMessage message)
        where TMessage : class =>
        _host!.Services.GetRequiredService<Publisher>().Publish(message, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        await _host.StopAsync();
        _host.Dispose();
    }

    // One at a time: then each queue is heard in the order in which it was published to.
    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.Listen<HearPostsConsumer, PostsCreated>(concurrency: 1);
        bus.Listen<HearConsumer<PostDeleted>, PostDeleted>(concurrency: 1);
        bus.Listen<HearConsumer<FavouriteChanged>, FavouriteChanged>(concurrency: 1);
        bus.Listen<HearConsumer<BookmarkChanged>, BookmarkChanged>(concurrency: 1);
        bus.Answer<AnswerPostsConsumer, GetPosts>();
        bus.Answer<AnswerMarksConsumer, GetMarks>();
        bus.Answer<AnswerAccountsConsumer, GetAccounts>();
        bus.Answer<AnswerNamesConsumer, ResolveNames>();
        bus.Answer<AnswerRelationsConsumer, GetRelations>();
        bus.Answer<AnswerFollowCountsConsumer, GetFollowCounts>();
        bus.Answer<AnswerAuthorCountsConsumer, GetAuthorCounts>();
    }

    internal sealed class HearPostsConsumer(Neighbours world) : IConsumer<PostsCreated>
    {
        public Task Consume(ConsumeContext<PostsCreated> context)
        {
            world.Heard.Add(context.Message);
            foreach (var post in context.Message.Posts)
                world.Heard.Add(post);
            return Task.CompletedTask;
        }
    }

    internal sealed class AnswerPostsConsumer(Neighbours world) : IConsumer<GetPosts>
    {
        public Task Consume(ConsumeContext<GetPosts> context)
        {
            world.Asked.Add(context.Message);
            return context.RespondAsync(new PostsFound(
                [.. context.Message.PostIds.Where(world.Posts.ContainsKey).Select(id => world.Posts[id])]));
        }
    }

    internal sealed class AnswerMarksConsumer(Neighbours world) : IConsumer<GetMarks>
    {
        public Task Consume(ConsumeContext<GetMarks> context)
        {
            world.Asked.Add(context.Message);
            var accountId = context.Message.AccountId;
            return context.RespondAsync(new MarksFound(accountId, world.Marks.GetValueOrDefault(accountId) ?? []));
        }
    }

    internal sealed class AnswerAccountsConsumer(Neighbours world) : IConsumer<GetAccounts>
    {
        public Task Consume(ConsumeContext<GetAccounts> context)
        {
            world.Asked.Add(context.Message);
            return context.RespondAsync(new AccountsFound(
                [.. context.Message.AccountIds.Where(world.Accounts.ContainsKey).Select(id => world.Accounts[id])]));
        }
    }

    internal sealed class AnswerNamesConsumer(Neighbours world) : IConsumer<ResolveNames>
    {
        public Task Consume(ConsumeContext<ResolveNames> context)
        {
            world.Asked.Add(context.Message);
            return context.RespondAsync(new NamesResolved([.. world.Accounts.Values.Where(account =>
                context.Message.Usernames.Contains(account.Username.ToLowerInvariant()))]));
        }
    }

    internal sealed class AnswerRelationsConsumer(Neighbours world) : IConsumer<GetRelations>
    {
        public Task Consume(ConsumeContext<GetRelations> context)
        {
            world.Asked.Add(context.Message);
            var accountId = context.Message.AccountId;
            return context.RespondAsync(
                new RelationsFound(accountId, world.Relations.GetValueOrDefault(accountId) ?? []));
        }
    }

    internal sealed class AnswerFollowCountsConsumer : IConsumer<GetFollowCounts>
    {
        public Task Consume(ConsumeContext<GetFollowCounts> context) => context.RespondAsync(new FollowCountsFound(
            [.. context.Message.AccountIds.Select(id => new FollowCounts(id, 0, 0, Version: 1))]));
    }

    internal sealed class AnswerAuthorCountsConsumer : IConsumer<GetAuthorCounts>
    {
        public Task Consume(ConsumeContext<GetAuthorCounts> context) => context.RespondAsync(new AuthorCountsFound(
            [.. context.Message.AccountIds.Select(id => new AuthorCounts(id, 0, LastPostOn: null, Version: 1))]));
    }
}
