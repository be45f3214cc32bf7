using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microblog.Bench.Peers;

/// <summary>The same messages the way our services send and take them: MassTransit with our own settings.</summary>
public sealed class OurBroker : IAsyncDisposable
{
    private const int InFlightMax = 1_000;
    private const int MessagesPerBatchMax = 64;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConsumeDeadline = TimeSpan.FromSeconds(60);

    private readonly IHost _host;
    private readonly Tally _tally;

    private OurBroker(IHost host)
    {
        _host = host;
        _tally = host.Services.GetRequiredService<Tally>();
    }

    private IPublishingBus Bus => _host.Services.GetRequiredService<IPublishingBus>();

    /// <summary>Completes when as many messages have been consumed as were awaited.</summary>
    /// <exception cref="TimeoutException">They do not come.</exception>
    public Task Done => _tally.Done.WaitAsync(ConsumeDeadline);

    /// <param name="consumes">Whether anybody takes what is published; the queue is there in any case.</param>
    /// <param name="awaited">Messages that wait in the queue already.</param>
    public static async Task<OurBroker> Start(Uri address, bool consumes, int awaited = 0)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<Tally>();
        builder.Services.AddMessaging("bench", address, bus =>
            bus.ListenToPosts<TallyConsumer>(MessagesPerBatchMax), topologyOnly: !consumes);
        var host = builder.Build();
        host.Services.GetRequiredService<Tally>().Await(awaited);
        await host.StartAsync();
        // The start does not wait for the queue, and nothing may be published before it is bound.
        await host.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, StartDeadline);
        return new(host);
    }

    /// <summary>Messages per second, from the first publish until the last is consumed.</summary>
    public async Task<double> Measure(PostsCreated message, int messageCount)
    {
        var started = TimeProvider.System.GetTimestamp();
        _tally.Await(messageCount);
        await PublishTogether(message, messageCount);
        await Done;
        return messageCount / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    public async Task PublishTogether(PostsCreated message, int messageCount)
    {
        for (var sent = 0; sent < messageCount; sent += InFlightMax)
            await Task.WhenAll(Enumerable.Range(0, Math.Min(InFlightMax, messageCount - sent)).Select(_ =>
                Publish(message)));
    }

    public async Task PublishOneByOne(PostsCreated message, int messageCount)
    {
        for (var i = 0; i < messageCount; i++)
            await Publish(message);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private Task Publish(PostsCreated message) => Bus.Publish(message, publish => publish.Mandatory = true);

    /// <summary>Counts what was consumed.</summary>
    private sealed class Tally
    {
        private long _left;
        private TaskCompletionSource _done = new();

        public Task Done => _done.Task;

        public void Await(int count)
        {
            _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _left, count);
        }

        public void Count(int count)
        {
            // Below: what the one before us did not get to acknowledge comes again.
            if (Interlocked.Add(ref _left, -count) <= 0)
                _done.TrySetResult();
        }
    }

    private sealed class TallyConsumer(Tally tally) : IConsumer<Batch<PostsCreated>>
    {
        public Task Consume(ConsumeContext<Batch<PostsCreated>> context)
        {
            tally.Count(context.Message.Length);
            return Task.CompletedTask;
        }
    }
}
