using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.Hosting;

/// <summary>
/// Something that is done again and again until the process ends. A round that fails is logged, and the next one
/// follows: an exception that leaves a <see cref="BackgroundService"/> ends the whole process, and with it what works.
/// </summary>
public abstract partial class RepeatedWork(TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    protected TimeProvider Clock => clock;

    protected ILogger Logger => logger;

    /// <summary>Does it once; returns how long to pause before the next round.</summary>
    /// <param name="stoppingToken">Cancelled when the process is to end.</param>
    protected abstract Task<TimeSpan> Round(CancellationToken stoppingToken);

    /// <summary>Called once, after the last round.</summary>
    protected virtual Task Ended() => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await TryRound(stoppingToken);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Ended();
    }

    private async Task<TimeSpan> TryRound(CancellationToken stoppingToken)
    {
        try
        {
            return await Round(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure, GetType().Name);
            return PauseAfterFailure;
        }
    }

    [LoggerMessage(LogLevel.Error, "A round of {Work} failed; the next one follows")]
    private static partial void LogFailed(ILogger logger, Exception failure, string work);
}
