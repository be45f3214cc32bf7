using MassTransit;
using Microblog.Contracts.FanOut;
using Microblog.FanOut.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microblog.TestServers;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.FanOut.Tests;

/// <summary>The service on a real broker and a real Redis.</summary>
public sealed class RunningFanOut : IAsyncLifetime
{
    private static long _lastId = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds() << 16;

    private readonly Receipts _receipts = new();
    private TestWorld? _world;
    private WebApplicationFactory<Program>? _service;

    internal RedisGateway Redis => _service!.Services.GetRequiredService<RedisGateway>();

    internal HomeTimelineChanges Homes => _service!.Services.GetRequiredService<HomeTimelineChanges>();

    internal TimelineWriter Timelines => _service!.Services.GetRequiredService<TimelineWriter>();

    /// <summary>An id that no other test has, of yesterday, and higher than all before.</summary>
    public static long NewId() => Interlocked.Add(ref _lastId, 1 << 16);

    public async Task InitializeAsync()
    {
        _world = await TestWorld.Create("fan-out");
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (name, value) in _world.Configuration(role: null))
                host.UseSetting(name, value);
            // So small that tests pass it.
            host.UseSetting("FanOut:CommandsPerPipelineMax", "3");
        });
        _service.Services.GetRequiredService<IBusControl>().ConnectReceiveObserver(_receipts);
        using var client = _service.CreateClient();
        while (!(await client.GetAsync("/health/ready")).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
    }

    public async Task DisposeAsync()
    {
        await _service!.DisposeAsync();
        await _world!.DisposeAsync();
    }

    /// <summary>A database in the same Redis, which is empty, as long as no other test asks for it.</summary>
    internal RedisGateway ADatabase(int number) => new(
        $"{_world!.Redis},defaultDatabase={number}",
        Options.Create(new RedisOptions()),
        _service!.Services.GetRequiredService<StandbyBoard>(),
        NullLogger<RedisGateway>.Instance);

    /// <summary>A list as a rebuild leaves it: with the head that says it is complete, or without.</summary>
    internal Task Materialise(RedisKey key, long? head = TimelineLists.Complete, params IReadOnlyList<long> ids) =>
        Redis.Run(database => Task.WhenAll(
            database.ListRightPushAsync(
                key,
                [.. (head is null ? [] : new[] { head.GetValueOrDefault() }).Concat(ids).Select(id => (RedisValue)id)]),
            database.KeyExpireAsync(key, TimelineLists.Lifetime)));

    internal async Task<IReadOnlyList<long>> Entries(RedisKey key) =>
        Array.ConvertAll(await Redis.Run(database => database.ListRangeAsync(key)), entry => (long)entry);

    /// <summary>The timeline as a read shows it: sorted, each once, without marks.</summary>
    internal async Task<IReadOnlyList<long>> Read(long readerId) =>
        [.. (await Entries(HomeTimelines.Key(readerId))).Where(id => id > 0).Distinct().OrderDescending()];

    /// <summary>Publishes the message and returns when this service has handled it.</summary>
    internal Task Deliver<TMessage>(params IReadOnlyList<TMessage> messages)
        where TMessage : class => Deliver(messages, (bus, message, messageId) =>
            bus.Publish(message, publish => publish.MessageId = messageId));

    /// <summary>Publishes commands into a lane and returns when they are handled.</summary>
    internal Task Append(Lane lane, params IReadOnlyList<AppendToTimelines> commands) =>
        Deliver(commands, (bus, command, messageId) => bus.Publish(command, publish =>
        {
            publish.MessageId = messageId;
            publish.SetRoutingKey(lane == Lane.Small ? "small" : "bulk");
        }));

    internal Task Append(params IReadOnlyList<Delivery> deliveries) =>
        Append(Lane.Small, new AppendToTimelines(deliveries));

    private Task Deliver<TMessage>(IReadOnlyList<TMessage> messages, Func<IBus, TMessage, Guid, Task> publish) =>
        Task.WhenAll(messages.Select(async message =>
        {
            var messageId = MassTransit.NewId.NextGuid();
            var handled = _receipts.Of(messageId);
            await publish(_service!.Services.GetRequiredService<IPublishingBus>(), message, messageId);
            await handled.WaitAsync(TimeSpan.FromSeconds(30));
        }));
}
