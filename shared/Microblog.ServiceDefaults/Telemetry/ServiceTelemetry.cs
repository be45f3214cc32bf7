using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Microblog.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP, configured by the usual <c>OTEL_*</c> variables and silent without
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.
/// </summary>
public static class ServiceTelemetry
{
    private const string Ours = "Microblog.*";

    /// <summary>
    /// Subscribes to what the framework, the drivers and our own code emit. Npgsql's spans carry SQL, never values.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service, string version)
    {
        // Spans that nobody collects are not made: they would cost every request.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // The host makes one as soon as this logger takes anything; what fails is logged elsewhere as well.
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
            return;
        }

        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var telemetry = new HostTelemetry(builder.Services);
        telemetry.ConfigureResource(resource => resource
            .AddService(service, serviceNamespace: "microblog", serviceVersion: version,
                serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
            .AddEnvironmentVariableDetector());
        telemetry.WithTracing(traces => traces
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", Ours));
        telemetry.WithMetrics(metrics => metrics.AddMeter(
            "System.Runtime",
            "Microsoft.AspNetCore.*",
            "System.Net.Http",
            "Npgsql",
            "Microsoft.EntityFrameworkCore",
            "MassTransit",
            Ours));
        telemetry.WithLogging(_ => { }, options => options.IncludeScopes = true);
        telemetry.UseOtlpExporter();
        // First, so that nothing starts unobserved.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryStart>());
    }

    /// <summary>Adds route and status to the server span: ASP.NET Core leaves both out.</summary>
    public static void UseSpanNames(this IApplicationBuilder app) => app.Use((http, next) =>
        http.Features.Get<IHttpActivityFeature>() is { } span ? Name(span.Activity, http, next) : next(http));

    private static async Task Name(Activity activity, HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Features.Get<IEndpointFeature>()?.Endpoint is RouteEndpoint { RoutePattern.RawText: var route })
        {
            activity.DisplayName = $"{http.Request.Method} {route}";
            activity.SetTag("http.route", route);
        }

        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= 500)
            activity.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Stands in for <c>AddOpenTelemetry()</c>, whose package does not restore.</summary>
    private sealed class HostTelemetry(IServiceCollection services) : IOpenTelemetryBuilder
    {
        public IServiceCollection Services => services;
    }
}
