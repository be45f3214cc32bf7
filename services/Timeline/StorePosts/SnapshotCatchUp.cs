using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Messaging;
using Microblog.Timeline.Storage;
using Npgsql;

namespace Microblog.Timeline.StorePosts;

/// <summary>
/// Tells Redis, when it is back, of what was stored while it was away. Doing it twice, or in two processes at once,
/// changes nothing.
/// </summary>
internal sealed partial class SnapshotCatchUp(
    UnwrittenSnapshots unwritten,
    AfterStoring afterStoring,
    TimeProvider clock,
    ILogger<SnapshotCatchUp> logger) : RepeatedWork(clock, logger)
{
    private const int PostsPerRoundMax = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken) =>
        await Look(stoppingToken) < PostsPerRoundMax ? LookEvery : TimeSpan.Zero;

    private async Task<int> Look(CancellationToken cancellationToken)
    {
        try
        {
            var some = await unwritten.Read(PostsPerRoundMax, cancellationToken);
            if (some.Count == 0)
                return 0;
            await afterStoring.RunAgain(some, cancellationToken);
            await unwritten.Forget(some, cancellationToken);
            LogWritten(Logger, some.Count);
            return some.Count;
        }
        catch (Exception away) when (Outage.Caused(away) || away is NpgsqlException)
        {
            // They stay noted, and the next look takes them again.
            LogPutOff(Logger, away.GetType().Name);
            return 0;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Redis cannot be told yet of what was stored: {Exception}")]
    private static partial void LogPutOff(ILogger logger, string exception);

    [LoggerMessage(LogLevel.Information, "Redis was told of {Count} posts that changed while it was away")]
    private static partial void LogWritten(ILogger logger, int count);
}
