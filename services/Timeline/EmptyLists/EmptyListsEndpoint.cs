using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.EmptyLists;

/// <summary>What clients ask for at their start and what does not exist here.</summary>
internal static class EmptyListsEndpoint
{
    public static void MapEmptyLists(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/timelines/direct", Nothing)
            .RequireScope("read:statuses")
            .Describe("Superseded by conversations, and always empty.", Field.Paging);
        app.MapGet("/api/v1/conversations", Nothing)
            .RequireScope("read:statuses")
            .Describe("Conversations are not kept apart: always empty.", Field.Paging);
        app.MapGet("/api/v1/followed_tags", Nothing)
            .RequireScope("read:follows")
            .Describe("Hashtags cannot be followed: always empty.", Field.Paging);
        app.MapGet("/api/v1/timelines/list/{listId}", NotFound)
            .RequireScope("read:lists")
            .Describe("There are no lists: always 404.", Field.Paging);
    }

    private static Ok<IReadOnlyList<EmptyObject>> Nothing() => TypedResults.Ok<IReadOnlyList<EmptyObject>>([]);

    private static JsonHttpResult<ClientError> NotFound() => ClientErrors.NotFound();
}
