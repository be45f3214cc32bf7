using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Microblog.EndToEnd.Tests;

/// <summary>Collects what the services export over OTLP.</summary>
[Collection(nameof(KilledServiceTests))]
public sealed class OneTraceTests
{
    [Fact]
    public async Task One_trace_leads_from_the_post_to_the_timeline()
    {
        var spans = new ConcurrentBag<Span>();
        await using var collector = await Collect(spans);
        var system = await RunningSystem.Start(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        });
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        await bob.Home();
        await bob.Follow(alice);

        await bob.Sees(await alice.Write("follow me through the system"));

        await Eventually.Is(() => Task.FromResult(spans
            .GroupBy(span => span.TraceId)
            .Any(trace => Has(trace, "ingest", "POST /api/v1/statuses")
                && Has(trace, "follow-graph", "expand-audience")
                && Has(trace, "fan-out", "redis")
                && Has(trace, "timeline", "store-posts"))));
    }

    private static bool Has(IEnumerable<Span> trace, string service, string name) =>
        trace.Any(span => span.Service == service && span.Name.Contains(name, StringComparison.Ordinal));

    private static async Task<WebApplication> Collect(ConcurrentBag<Span> spans)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            foreach (var span in Span.ReadAll(body.ToArray()))
                spans.Add(span);
            return Results.Ok();
        });
        app.MapPost("/v1/metrics", () => Results.Ok());
        app.MapPost("/v1/logs", () => Results.Ok());
        await app.StartAsync();
        return app;
    }
}
