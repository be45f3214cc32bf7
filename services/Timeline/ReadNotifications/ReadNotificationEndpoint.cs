using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadNotifications;

internal static class ReadNotificationEndpoint
{
    public static void MapReadNotification(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/notifications/{id}", Handle)
            .RequireScope("read:notifications")
            .Describe("One notification.");

    private static async Task<Results<Ok<Notification>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller reader,
        NotificationPages pages,
        NotificationRenderer renderer,
        CancellationToken cancellationToken)
    {
        if (await pages.Find(reader.AccountId, id, cancellationToken) is not { } found)
            return ClientErrors.NotFound();
        var notifications = await renderer.Render(found, reader.AccountId, cancellationToken);
        return notifications.Count == 0 ? ClientErrors.NotFound() : TypedResults.Ok(notifications[0]);
    }
}
