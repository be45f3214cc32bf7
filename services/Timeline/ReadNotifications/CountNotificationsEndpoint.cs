using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadNotifications;

internal static class CountNotificationsEndpoint
{
    private const int DefaultLimit = 100;
    private const int LimitMax = 1_000;

    public static void MapCountNotifications(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/notifications/unread_count", Handle)
            .RequireScope("read:notifications")
            .Describe(
                "How many notifications there are: there is no mark for what was read.",
                [Field.Number("limit", "The count goes no further."), .. NotificationQuery.Fields]);

    private static async Task<Ok<NotificationCount>> Handle(
        RequestFields fields,
        Caller reader,
        NotificationPages pages,
        CancellationToken cancellationToken)
    {
        var all = new Page(MaxId: null, SinceId: null, MinId: null, fields.Limit(DefaultLimit, LimitMax));
        var found = await pages.Read(reader.AccountId, all, NotificationQuery.Read(fields), cancellationToken);
        return TypedResults.Ok(new NotificationCount(found.Entries.Count));
    }
}
