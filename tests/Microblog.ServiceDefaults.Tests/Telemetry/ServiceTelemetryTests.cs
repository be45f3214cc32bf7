using System.Diagnostics;
using Microblog.ServiceDefaults.Telemetry;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microsoft.AspNetCore.Builder;

namespace Microblog.ServiceDefaults.Tests.Telemetry;

public sealed class ServiceTelemetryTests
{
    [Fact]
    public async Task A_request_has_no_span_when_nobody_collects_any()
    {
        await using var api = await RunningClientApi.Start(
            app => app.MapGet("/span", () => Activity.Current?.Id ?? "none"),
            configure: builder => builder.AddTelemetry("tested", version: "0.0.0"));

        Assert.Equal("none", await api.Client.GetStringAsync("/span"));
    }
}
