using System.Collections.Concurrent;
using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microblog.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Admin.Tests.Errors;

/// <summary>With a consumer on the bus as every service has it, in a virtual host of its own.</summary>
public sealed class HealedServiceTests : IAsyncLifetime
{
    private static readonly PostDeleted Deletion =
        new(117_643_668_510_408_704, 4, new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private readonly Service _service = new();
    private TestWorld _world = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _world = await TestWorld.Create("admin-errors");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_service);
        services.AddMessaging("timeline", _world.RabbitMq, bus => bus.Listen<StoreDeletesConsumer, PostDeleted>());
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<IBusControl>().StartAsync(TimeSpan.FromSeconds(30));
    }

    public async Task DisposeAsync()
    {
        await _services.GetRequiredService<IBusControl>().StopAsync();
        await _services.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_message_that_a_service_refused_is_handled_once_the_service_is_mended()
    {
        _service.IsBroken = true;
        await _services.GetRequiredService<IBus>().Publish(Deletion);
        var failed = await Until(() => Run("errors", "list"), list => list.Status == 1);
        _service.IsBroken = false;

        var retry = await Run("errors", "retry", "timeline-store-deletes", "--all");

        Assert.Contains("FormatException: The deletion is upside down.", failed.Output, StringComparison.Ordinal);
        Assert.Equal("1 messages of timeline-store-deletes_error were put back.", retry.Output.Trim());
        await Until(() => Task.FromResult(_service.Handled.ToArray()), handled => handled.SequenceEqual([Deletion]));
        Assert.Equal(0, (await Run("errors", "list")).Status);
    }

    private async Task<Outcome> Run(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(_world.Configuration(ServiceRole.Operator))
            .Build();
        var terminal = new Terminal(output, errors, isInteractive: false, TimeProvider.System);
        var status = await AdminCommands.Run(words, configuration, terminal, CancellationToken.None);
        return new(status, output.ToString(), errors.ToString());
    }

    private static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await look() is var seen && isSo(seen))
                return seen;
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>What the consumer does, and what it did.</summary>
    internal sealed class Service
    {
        public bool IsBroken { get; set; }

        public ConcurrentQueue<PostDeleted> Handled { get; } = [];
    }

    /// <summary>Named so that its queue is one of the topology.</summary>
    internal sealed class StoreDeletesConsumer(Service service) : IConsumer<PostDeleted>
    {
        public Task Consume(ConsumeContext<PostDeleted> context)
        {
            if (service.IsBroken)
                throw new FormatException("The deletion is upside down.");
            service.Handled.Enqueue(context.Message);
            return Task.CompletedTask;
        }
    }
}
