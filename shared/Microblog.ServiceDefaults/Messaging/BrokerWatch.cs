using System.Diagnostics;
using Microblog.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Publishes a message for nobody each second, so that a process that has nothing to say notices too whether the broker
/// confirms, and mostly before the first person has to wait for it.
/// </summary>
internal sealed class BrokerWatch(
    IPublishingBus bus,
    BrokerCircuit circuit,
    Rejoining rejoining,
    TimeProvider clock,
    ILogger<BrokerWatch> logger) : RepeatedWork(clock, logger)
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

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        if (_asking is null || Stopwatch.GetElapsedTime(_askedAt) > GivenUpAfter)
            (_asking, _askedAt) = (Ask(), Stopwatch.GetTimestamp());
        var asking = _asking;
        try
        {
            await asking.WaitAsync(Publisher.PublishDeadline, stoppingToken);
            _asking = null;
            circuit.Succeeded();
            await rejoining.BrokerIsThere();
        }
        catch (Exception failure) when (Publisher.IsAway(failure) && !stoppingToken.IsCancellationRequested)
        {
            circuit.Failed();
            rejoining.BrokerIsAway();
            if (asking.IsCompleted)
                _asking = null;
        }

        return Every;
    }

    private async Task Ask()
    {
        var nobody = await bus.GetSendEndpoint(Nobody);
        await nobody.Send(new SignOfLife());
    }

    /// <summary>Says nothing.</summary>
    internal sealed record SignOfLife;
}
