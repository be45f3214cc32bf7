using System.Diagnostics;
using MassTransit;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microblog.ServiceDefaults.Health;

/// <summary>
/// Whether the consumers have been attached once since the process started, or the broker is away and there is nothing
/// to wait for. A broker that goes away later does not make the service unready: the gateway would take away what works
/// without it.
/// </summary>
internal sealed class JoinedBrokerCheck(IBusControl bus, StandbyBoard board) : IHealthCheck
{
    /// <summary>Long enough for a process on a busy machine to find a broker that is there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private bool _hasJoined;
    private bool _wentOn;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        _hasJoined = _hasJoined || bus.CheckHealth().Status == BusHealthStatus.Healthy;
        if (_hasJoined)
            return HealthCheckResult.Healthy("joined");
        // What was ready stays ready while the broker comes back and the consumers are being attached.
        _wentOn = _wentOn
            || (board.Away.Contains(StandbyBoard.RabbitMq) && Stopwatch.GetElapsedTime(_startedAt) > Patience);
        return _wentOn
            ? HealthCheckResult.Healthy("going on without the broker until it is joined")
            : HealthCheckResult.Unhealthy("not joined yet");
    }
}
