using System.Diagnostics.Metrics;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microblog.ServiceDefaults.Tests.Standby;

internal static class AStandbyBoard
{
    public static StandbyBoard New() => new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        NullLogger<StandbyBoard>.Instance);
}
