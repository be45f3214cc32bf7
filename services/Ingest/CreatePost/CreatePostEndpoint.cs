using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Ingest.CreatePost;

internal static class CreatePostEndpoint
{
    public static void MapCreatePost(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/statuses", Handle)
            .RequireScope("write:statuses")
            .Limited(RateLimits.Posts)
            .Validate<CreatePostRequest>()
            .Describe("Write a post", CreatePostRequest.Fields);

    private static async Task<Results<Ok<Status>, JsonHttpResult<ClientError>>> Handle(
        CreatePostRequest request,
        Caller author,
        IdempotencyKeys keys,
        AccountDirectory accounts,
        PostComposer composer,
        IdSequence ids,
        AcceptedPosts accepted,
        StatusAnswers answers,
        CancellationToken cancellationToken)
    {
        // Before the request is looked at any closer: what it replies to may be gone since it was made first.
        if (await Earlier(request, author, keys) is { } earlierId
            && await accepted.Repeat(earlierId) is { } earlier
            && await answers.For(earlier, author.AccountId, cancellationToken) is { } same)
            return TypedResults.Ok(same);

        var account = (await accounts.Find([author.AccountId], cancellationToken))
            .GetValueOrDefault(author.AccountId);
        var defaults = account?.Profile.PostDefaults;
        if (await composer.Compose(ids.Next(), request, author, defaults, cancellationToken) is not { } post)
            return ClientErrors.NotFound();

        // Requests with one key at the same moment all get one id, and the first to be kept is what all say.
        if (request.IdempotencyKey is { } key)
        {
            var postId = await keys.Reserve(author.AccountId, key, fresh: post.PostId);
            post = post with { PostId = postId, CreatedAt = IdSequence.CreatedAt(postId) };
        }

        // Rendered first: if that is impossible just now, the client hears so while nothing has happened yet.
        var answer = answers.ForNew(post, account);
        // Null: the post that the key stands for was deleted.
        if (await accepted.Add(post) is not { } kept)
            return ClientErrors.NotFound();

        var mayDiffer = request.IdempotencyKey is not null;
        return TypedResults.Ok(mayDiffer ? answers.ForNew(kept, account) : answer);
    }

    private static async Task<long?> Earlier(CreatePostRequest request, Caller author, IdempotencyKeys keys) =>
        request.IdempotencyKey is { } key ? await keys.Find(author.AccountId, key) : null;
}
