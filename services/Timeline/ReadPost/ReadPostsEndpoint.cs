using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.ReadPost;

internal static class ReadPostsEndpoint
{
    private const int PostsMax = 20;

    public static void MapReadPosts(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/statuses", Handle)
            .AllowScope("read:statuses")
            .Describe("Several posts; those that do not exist are left out.", Field.Ids("id", "At most 20."));

    private static async Task<Results<Ok<IReadOnlyList<Status>>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        Caller? viewer,
        VisiblePosts posts,
        StatusRenderer renderer,
        CancellationToken cancellationToken)
    {
        var ids = fields.Ids("id");
        if (ids.Count > PostsMax)
            return ClientErrors.Invalid($"Id has too many values (maximum is {PostsMax})");
        var found = await posts.Find(ids, viewer?.AccountId, cancellationToken);
        return TypedResults.Ok(await renderer.Render(found, viewer?.AccountId, cancellationToken));
    }
}
