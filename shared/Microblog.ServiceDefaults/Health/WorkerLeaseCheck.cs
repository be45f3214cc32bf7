using Microblog.ServiceDefaults.Ids;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microblog.ServiceDefaults.Health;

/// <summary>Whether the process may allocate ids.</summary>
internal sealed class WorkerLeaseCheck(WorkerLease lease) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(lease.Worker is { } worker
            ? HealthCheckResult.Healthy($"worker {worker}")
            : HealthCheckResult.Unhealthy("no worker number yet"));
}
