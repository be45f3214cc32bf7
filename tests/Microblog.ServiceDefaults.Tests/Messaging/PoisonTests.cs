using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microblog.TestServers;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Microblog.ServiceDefaults.Tests.Messaging;

public sealed class PoisonTests
{
    private const int MessagesPerBatchMax = 50;
    private const int Good = 200;
    private const string Queue = "poisoned-poison-fails";
    private const string Errors = Queue + "_error";
    private const string PostErrors = "poisoned-poison-fails-posts_error";

    /// <summary>The kill switch would pause for five seconds.</summary>
    private static readonly TimeSpan WithoutPause = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_wrong_message_ends_alone_among_the_errors_with_its_reason_and_delays_nobody()
    {
        await using var world = await TestWorld.Create("poison");
        var handled = new Handled();
        await using var service = await Start(world, handled, bus =>
            bus.ListenInBatches<PoisonFailsConsumer, TokenRevoked>(MessagesPerBatchMax));
        var publisher = service.Services.GetRequiredService<Publisher>();
        long[] wrong = [-1, -2, -3, -4, -5, -6, -7, -8];

        await Task.WhenAll(Enumerable.Range(1, Good).Select(id => (long)id).Concat(wrong).Select(id =>
            publisher.Publish(new TokenRevoked(id, DateTimeOffset.UnixEpoch), CancellationToken.None)));
        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await Until(async () => handled.Ids.Count == Good && await ErrorCount(connection, Errors) == wrong.Length);

        var watch = Stopwatch.StartNew();
        await publisher.Publish(new TokenRevoked(Good + 1, DateTimeOffset.UnixEpoch), CancellationToken.None);
        await Until(() => Task.FromResult(handled.Ids.Count == Good + 1));
        Assert.True(watch.Elapsed < WithoutPause, $"The next one was handled after {watch.Elapsed}.");
        Assert.Equal(Enumerable.Range(1, Good + 1).Select(id => (long)id), handled.Ids.Order());
        await using var channel = await connection.CreateChannelAsync();
        for (var i = 0; i < wrong.Length; i++)
        {
            var error = await channel.BasicGetAsync(Errors, autoAck: true);
            Assert.Equal("It is wrong.", Header(error!, "MT-Fault-Message"));
            Assert.Equal(typeof(FormatException).FullName, Header(error!, "MT-Fault-ExceptionType"));
            Assert.EndsWith(Queue, Header(error!, "MT-Fault-InputAddress"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Posts_that_share_a_message_with_a_wrong_one_are_handled_and_the_message_is_kept_whole()
    {
        await using var world = await TestWorld.Create("poison");
        var handled = new Handled();
        await using var service = await Start(world, handled, bus =>
            bus.ListenToPosts<PoisonFailsPostsConsumer>(MessagesPerBatchMax));
        var message = new PostsCreated([Post(1), Post(-1), Post(2), Post(-2), Post(3)]);

        await service.Services.GetRequiredService<Publisher>().Publish(message, CancellationToken.None);

        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await Until(async () => await ErrorCount(connection, PostErrors) > 0);
        Assert.Equal([1, 2, 3], handled.Ids);
        await using var channel = await connection.CreateChannelAsync();
        var error = await channel.BasicGetAsync(PostErrors, autoAck: true);
        Assert.Equal(0u, error!.MessageCount);
        var body = JsonNode.Parse(error.Body.Span)!["message"]!["posts"]!.AsArray();
        Assert.Equal([1, -1, 2, -2, 3], body.Select(post => (long)post!["postId"]!));
    }

    private static PostCreated Post(long id) => new(
        id, 1, "", "", "", false, Visibility.Public, null, [], [], null, null, null, null, null, null, null,
        DateTimeOffset.UnixEpoch);

    private static async Task<RunningClientApi> Start(
        TestWorld world, Handled handled, Action<IBusRegistrationConfigurator> listen)
    {
        var service = await RunningClientApi.Start(_ => { }, configure: builder =>
        {
            builder.Services.AddSingleton(handled);
            builder.Services.AddMessaging("poisoned", world.RabbitMq, listen);
        });
        await service.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return service;
    }

    private static async Task<int> ErrorCount(IConnection connection, string queue)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync();
            return (int)await channel.MessageCountAsync(queue);
        }
        catch (OperationInterruptedException)
        {
            // The first error makes the queue.
            return 0;
        }
    }

    private static string Header(BasicGetResult message, string name) =>
        System.Text.Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![name]!);

    private static async Task Until(Func<Task<bool>> fact)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await fact())
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
    }

    internal sealed class Handled
    {
        public ConcurrentQueue<long> Ids { get; } = new();
    }

    /// <summary>As one statement does that stores many rows: one that is wrong, and none is stored.</summary>
    internal sealed class PoisonFailsConsumer(Handled handled) : IConsumer<Batch<TokenRevoked>>
    {
        public Task Consume(ConsumeContext<Batch<TokenRevoked>> context)
        {
            if (context.Message.Any(message => message.Message.TokenId < 0))
                throw new FormatException("It is wrong.");
            foreach (var message in context.Message)
                handled.Ids.Enqueue(message.Message.TokenId);
            return Task.CompletedTask;
        }
    }
    internal sealed class PoisonFailsPostsConsumer(Handled handled) : IConsumer<Batch<PostsCreated>>
    {
        public Task Consume(ConsumeContext<Batch<PostsCreated>> context)
        {
            var posts = context.Message.Posts().ToArray();
            if (posts.Any(post => post.PostId < 0))
                throw new FormatException("It is wrong.");
            foreach (var post in posts)
                handled.Ids.Enqueue(post.PostId);
            return Task.CompletedTask;
        }
    }
}
