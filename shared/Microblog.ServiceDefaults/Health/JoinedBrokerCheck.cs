using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microblog.ServiceDefaults.Health;

/// <summary>
/// Whether the consumers have been attached once since the process started. A broker that goes away later does not make
/// the service unready: the gateway would take away what works without it.
/// </summary>
internal sealed class JoinedBrokerCheck(IBusControl bus) : IHealthCheck
{
    private bool _hasJoined;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        _hasJoined = _hasJoined || bus.CheckHealth().Status == BusHealthStatus.Healthy;
        return Task.FromResult(_hasJoined
            ? HealthCheckResult.Healthy("joined")
            : HealthCheckResult.Unhealthy("not joined yet"));
    }
}
