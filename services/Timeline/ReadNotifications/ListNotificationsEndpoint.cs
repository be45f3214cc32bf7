using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadNotifications;

internal static class ListNotificationsEndpoint
{
    private const int DefaultLimit = 40;
    private const int LimitMax = 80;

    public static void MapListNotifications(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/notifications", Handle)
            .RequireScope("read:notifications")
            .Describe("What others did that concerns the caller.", [.. Field.Paging, .. NotificationQuery.Fields]);

    private static async Task<Ok<IReadOnlyList<Notification>>> Handle(
        HttpContext http,
        RequestFields fields,
        Caller reader,
        NotificationPages pages,
        NotificationRenderer renderer)
    {
        var page = Page.Read(fields, DefaultLimit, LimitMax);
        var found = await pages.Read(reader.AccountId, page, NotificationQuery.Read(fields), http.RequestAborted);
        var notifications = await renderer.Render(found, reader.AccountId, http.RequestAborted);
        if (notifications.Count > 0)
            PageLinks.Write(http, page, [.. found.Entries.Select(entry => entry.Id)]);
        return TypedResults.Ok(notifications);
    }
}
