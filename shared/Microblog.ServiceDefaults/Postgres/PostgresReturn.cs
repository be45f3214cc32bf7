using System.Diagnostics;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.Hosting;

namespace Microblog.ServiceDefaults.Postgres;

/// <summary>
/// Holds back consumers that can only store while this process sees Postgres away. Left to fail they would take a
/// whole core from those who read: each message of a batch throws through the whole pipeline, in each try, and into
/// the log.
/// </summary>
public sealed class PostgresReturn(StandbyBoard board, IHostApplicationLifetime host, TimeProvider clock)
{
    /// <summary>Shorter than a handler may take: afterwards the messages wait in their queue again.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public bool IsAway => board.Seen.Contains(StandbyBoard.Postgres);

    /// <summary>Returns when Postgres is there, as far as is known, or after 20 seconds.</summary>
    /// <exception cref="OperationCanceledException">Or the process stops.</exception>
    public async Task Wait(CancellationToken cancellationToken)
    {
        if (!IsAway)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, host.ApplicationStopping);
        var started = Stopwatch.GetTimestamp();
        while (IsAway && Stopwatch.GetElapsedTime(started) < WaitMax)
            await Task.Delay(LookEvery, clock, either.Token);
    }
}
