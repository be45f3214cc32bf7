using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>
/// Looks each second how long this service's own queues are, and tells those who fill them when it cannot keep up. A
/// service that is away tells nobody anything: its messages wait, and people go on.
/// </summary>
internal sealed partial class BacklogWatch : RepeatedWork
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly WatchedQueues _queues;
    private readonly QueueDepths _depths;
    private readonly RedisGateway _redis;
    private readonly StandbyBoard _board;
    private readonly long _messagesMax;
    private readonly ConcurrentDictionary<string, Backlog> _backlogs = [];
    private string? _behind;

    public BacklogWatch(
        WatchedQueues queues,
        RedisGateway redis,
        StandbyBoard board,
        IOptions<BackPressureOptions> options,
        IMeterFactory meters,
        TimeProvider clock,
        ILogger<BacklogWatch> logger)
        : base(clock, logger)
    {
        (_queues, _redis, _board) = (queues, redis, board);
        _depths = new(queues.BrokerAddress);
        _messagesMax = options.Value.BacklogMessagesMax;
        meters.Create("Microblog.Queues").CreateObservableGauge(
            "microblog.queue.messages",
            () => _backlogs.Select(backlog => new Measurement<long>(
                backlog.Value.Messages,
                new KeyValuePair<string, object?>("queue", backlog.Key))),
            description: "Messages that wait in the queue.");
    }

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        foreach (var queue in _queues.Names)
            _backlogs.TryAdd(queue, new(_messagesMax));
        await Look();
        await Tell(_backlogs.FirstOrDefault(backlog => backlog.Value.IsBehind).Key);
        return Every;
    }

    protected override async Task Ended() => await _depths.DisposeAsync();

    private async Task Look()
    {
        try
        {
            foreach (var (queue, backlog) in _backlogs)
            {
                var seen = await _depths.Of(queue);
                // What waits for a part that is away is no overload.
                backlog.Seen(seen.MessageCount, isConsumed: seen.ConsumerCount > 0 && _board.Away.Count == 0);
            }
        }
        catch (Exception away) when (Outage.Caused(away))
        {
            // BrokerWatch reports it.
            foreach (var backlog in _backlogs.Values)
                backlog.Forget();
        }
    }

    private async Task Tell(string? behind)
    {
        if (behind is not null && _behind is null)
            LogBehind(Logger, behind);
        if (behind is null && _behind is not null)
            LogCaughtUp(Logger);
        _behind = behind;
        // Who cannot be told goes on, and the broker's own bound remains.
        if (behind is not null)
            await SpareWrites.Try(() => BehindMark.Set(_redis, behind));
    }

    [LoggerMessage(LogLevel.Warning, "{Queue} gets more than can be done; nothing new is accepted until it is shorter")]
    private static partial void LogBehind(ILogger logger, string queue);

    [LoggerMessage(LogLevel.Information, "All queues are short again")]
    private static partial void LogCaughtUp(ILogger logger);
}
