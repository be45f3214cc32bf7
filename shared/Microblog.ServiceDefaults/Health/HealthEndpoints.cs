using System.Text.Json;
using Microblog.ServiceDefaults.Standby;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microblog.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c> looks at the process only: an outage of a dependency must restart nothing. <c>/health/ready</c>
/// says whether the service has joined, with a line per check. Both name the parts that are away, and stay 200.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Tag of the checks that <c>/health/ready</c> asks.</summary>
    public const string Ready = "ready";

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JoinedBrokerCheck>();
        builder.Services.AddHealthChecks().AddCheck<JoinedBrokerCheck>("joined-broker", tags: [Ready]);
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = Write });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = Write,
        });
    }

    private static Task Write(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            status = report.Status == HealthStatus.Healthy ? "UP" : "DOWN",
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description),
            standby = http.RequestServices.GetRequiredService<StandbyBoard>().Away,
        }));
    }
}
