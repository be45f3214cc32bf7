using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Publishes a message for nobody each second, so that a process that has nothing to say notices too whether the broker
/// confirms, and mostly before the first person has to wait for it.
/// </summary>
internal sealed class BrokerWatch(IPublishingBus bus, BrokerCircuit circuit, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A publish that was under way when the broker died may never end (RabbitMQ.Client issue 1930): another one then
    /// finds out whether the broker is back.
    /// </summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(5);

    // Every broker has this exchange, and nobody binds a queue to it: the message is confirmed and forgotten.
    private static readonly Uri Nobody = new("exchange:amq.topic?type=topic");

    private Task? _asking;
    private long _askedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Look();
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look()
    {
        if (_asking is null || Stopwatch.GetElapsedTime(_askedAt) > GivenUpAfter)
            (_asking, _askedAt) = (Ask(), Stopwatch.GetTimestamp());
        var asking = _asking;
        try
        {
            await asking.WaitAsync(Publisher.PublishDeadline);
            _asking = null;
            circuit.Succeeded();
        }
        catch (Exception failure) when (Publisher.IsAway(failure))
        {
            circuit.Failed();
            if (asking.IsCompleted)
                _asking = null;
        }
    }

    private async Task Ask()
    {
        var nobody = await bus.GetSendEndpoint(Nobody);
        await nobody.Send(new SignOfLife());
    }

    /// <summary>Says nothing.</summary>
    internal sealed record SignOfLife;
}
