using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.MarkPosition;

internal static class MarkersEndpoints
{
    private static readonly string[] Timelines = ["home", "notifications"];

    public static void MapMarkers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/markers", Show)
            .Describe("Where the caller stopped reading", Field.Texts("timeline[]", "`home`, `notifications`."))
            .RequireScope("read:statuses");
        app.MapPost("/api/v1/markers", Mark)
            .Describe(
                "Mark where the caller stopped reading",
                Field.Id("home[last_read_id]"),
                Field.Id("notifications[last_read_id]"))
            .RequireScope("write:statuses");
    }

    // Each timeline asked for gets a marker: a client reads it without looking whether it is there.
    private static async Task<Ok<Dictionary<string, Marker>>> Show(
        RequestFields fields,
        Caller caller,
        Markers markers,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var known = await markers.Of(caller.AccountId, cancellationToken);
        var never = new Marker("0", Version: 0, clock.GetUtcNow());
        return TypedResults.Ok(fields.Texts("timeline").Where(Timelines.Contains).Distinct().ToDictionary(
            timeline => timeline,
            timeline => known.GetValueOrDefault(timeline, never)));
    }

    private static async Task<Ok<Dictionary<string, Marker>>> Mark(
        RequestFields fields,
        Caller caller,
        Markers markers,
        CancellationToken cancellationToken)
    {
        var marked = new Dictionary<string, Marker>();
        foreach (var timeline in Timelines)
        {
            if (fields.Id($"{timeline}[last_read_id]") is not { } lastReadId)
                continue;
            var all = await markers.Set(caller.AccountId, timeline, lastReadId, cancellationToken);
            if (all.TryGetValue(timeline, out var marker))
                marked[timeline] = marker;
        }

        return TypedResults.Ok(marked);
    }
}
