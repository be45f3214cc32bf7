using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadNotifications;

internal static class DismissNotificationEndpoint
{
    public static void MapDismissNotification(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/notifications/{id}/dismiss", Handle)
            .RequireScope("write:notifications")
            .Describe("Takes one notification away for good.");

    private static async Task<Results<Ok<EmptyObject>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller reader,
        NotificationPages pages,
        Notifications notifications,
        CancellationToken cancellationToken)
    {
        if (await pages.Find(reader.AccountId, id, cancellationToken) is null)
            return ClientErrors.NotFound();
        await notifications.Dismiss(reader.AccountId, id, cancellationToken);
        return TypedResults.Ok(new EmptyObject());
    }
}
