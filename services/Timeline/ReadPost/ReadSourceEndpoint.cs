using System.Globalization;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadPost;

internal static class ReadSourceEndpoint
{
    public static void MapReadSource(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/statuses/{id}/source", Handle)
            .RequireScope("read:statuses")
            .Describe("A post as its author typed it.");

    private static async Task<Results<Ok<StatusSource>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller viewer,
        VisiblePosts posts,
        CancellationToken cancellationToken)
    {
        if (await posts.Find(id, viewer.AccountId, cancellationToken) is not { Post: { BoostOfId: null } post })
            return ClientErrors.NotFound();
        return TypedResults.Ok(new StatusSource(
            post.PostId.ToString(CultureInfo.InvariantCulture), post.Text, post.SpoilerText));
    }
}
