using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.KeepSnapshots;

/// <summary>
/// Looks every few seconds whether Redis has lost the index of names. Until it is complete again, whoever misses a name
/// asks Accounts.
/// </summary>
internal sealed partial class SnapshotKeeper(
    IServiceScopeFactory scopes,
    IOptions<AccountsOptions> options,
    AccountsMetrics metrics,
    TimeProvider clock,
    ILogger<SnapshotKeeper> logger) : RepeatedWork(clock, logger)
{
    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        await Look(stoppingToken);
        return options.Value.IndexCheckInterval;
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var index = scope.ServiceProvider.GetRequiredService<NameIndex>();
            if (await index.RebuildIfLost(cancellationToken) is not { } nameCount)
                return;
            metrics.IndexRebuilt();
            LogRebuilt(Logger, nameCount);
        }
        catch (Exception exception) when (Outage.Caused(exception))
        {
            // The next look tries again; questions are answered from Postgres meanwhile.
            LogAway(Logger, exception);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "The index of names was missing and is complete again, with {NameCount} names")]
    private static partial void LogRebuilt(ILogger logger, int nameCount);

    [LoggerMessage(LogLevel.Warning, "The index of names cannot be looked after")]
    private static partial void LogAway(ILogger logger, Exception exception);
}
