using System.Diagnostics;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.DrainSpool;

/// <summary>
/// Publishes what is in the spool, oldest first, one by one and each confirmed before the next, and removes it
/// afterwards. Killed in between it publishes again what the broker has: the same message with the same id.
/// </summary>
internal sealed partial class SpoolDrain(
    Spool spool,
    DrainerLease lease,
    Publisher publisher,
    IngestMetrics metrics,
    TimeProvider clock,
    ILogger<SpoolDrain> logger) : RepeatedWork(clock, logger)
{
    /// <summary>Writes read from the spool at once.</summary>
    private const int WritesPerRoundMax = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly ActivitySource Source = new("Microblog.Spool");

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken) =>
        await IsMoreWaiting(stoppingToken) ? TimeSpan.Zero : LookEvery;

    /// <summary>One round; whether the next one should follow at once.</summary>
    private async Task<bool> IsMoreWaiting(CancellationToken stoppingToken)
    {
        try
        {
            var writes = await spool.First(WritesPerRoundMax);
            metrics.SpoolSeen(
                await spool.Length(),
                writes is [var oldest, ..] ? Clock.GetUtcNow() - Spool.KeptAt(oldest) : TimeSpan.Zero);
            // Read again by whoever drains: until just now somebody else may have been at it.
            return writes.Count > 0
                && await lease.IsHeld()
                && await DrainRound(stoppingToken) == WritesPerRoundMax;
        }
        catch (Exception away) when (away is RedisAwayException or BrokerAwayException)
        {
            // Both are counted and logged where they are noticed; what is not published stays where it is.
            return false;
        }
    }

    private async Task<int> DrainRound(CancellationToken stoppingToken)
    {
        var writes = await spool.First(WritesPerRoundMax);
        foreach (var write in writes)
        {
            if (stoppingToken.IsCancellationRequested || !await lease.IsHeld())
                return 0;
            await Drain(write);
        }

        if (writes is { Count: > 0 and < WritesPerRoundMax })
            LogEmpty(Logger);
        return writes.Count;
    }

    private async Task Drain(SpooledWrite write)
    {
        if (Decode(write) is not { } message)
        {
            await spool.SetAside(write);
            metrics.SetAside();
            return;
        }

        using var activity = Source.StartActivity("drain", ActivityKind.Internal, write.TraceParent);
        await publisher.Publish(message, message.GetType(), CancellationToken.None);
        await spool.Remove(write);
        metrics.Drained();
    }

    private object? Decode(SpooledWrite write)
    {
        try
        {
            return typeof(PostCreated).Assembly.GetType(write.Type) is { } type
                ? JsonSerializer.Deserialize(write.Body, type)
                : throw new JsonException($"{write.Type} is no contract.");
        }
        catch (JsonException unreadable)
        {
            LogUnreadable(Logger, write.Id, unreadable);
            return null;
        }
    }

    protected override async Task Ended()
    {
        try
        {
            await lease.GiveUp();
        }
        catch (RedisAwayException)
        {
            // It runs out by itself.
        }
    }

    [LoggerMessage(LogLevel.Information, "Everything that was spooled is published")]
    private static partial void LogEmpty(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Spooled write {Id} cannot be read and is set aside")]
    private static partial void LogUnreadable(ILogger logger, string id, Exception exception);
}
