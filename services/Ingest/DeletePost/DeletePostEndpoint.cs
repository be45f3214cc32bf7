using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.DeletePost;

internal static class DeletePostEndpoint
{
    public static void MapDeletePost(this IEndpointRouteBuilder app) =>
        app.MapDelete("/api/v1/statuses/{id}", Handle)
            .RequireScope("write:statuses")
            .Limited(RateLimits.Deletes)
            .Describe("Delete a post of one's own; the answer has its source in text");

    private static async Task<Results<Ok<Status>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        Caller author,
        PostDirectory posts,
        DeletedPosts deleted,
        StatusAnswers answers,
        CancellationToken cancellationToken)
    {
        var found = await posts.Find([id], cancellationToken);
        if (found.GetValueOrDefault(id) is not { } post || post.Post.AuthorId != author.AccountId)
            return ClientErrors.NotFound();

        // Rendered first: if that is impossible just now, the client hears so while nothing has happened yet.
        var answer = await answers.ForDeleted(post, cancellationToken);
        await deleted.Add(post.Post);
        return TypedResults.Ok(answer);
    }
}
