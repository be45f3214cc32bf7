using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadNotifications;

internal static class ClearNotificationsEndpoint
{
    public static void MapClearNotifications(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/notifications/clear", Handle)
            .RequireScope("write:notifications")
            .Describe("Takes all notifications away for good.");

    private static async Task<Ok<EmptyObject>> Handle(
        Caller reader,
        NotificationPages pages,
        Notifications notifications,
        CancellationToken cancellationToken)
    {
        var newest = new Page(MaxId: null, SinceId: null, MinId: null, Limit: 1);
        var found = await pages.Read(reader.AccountId, newest, NotificationQuery.Everything, cancellationToken);
        // What arrives from now on was never seen, and stays.
        if (found.Entries.Count > 0)
            await notifications.Clear(reader.AccountId, found.Entries[0].Id, cancellationToken);
        return TypedResults.Ok(new EmptyObject());
    }
}
