using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.ReadTag;

internal static class ReadTagEndpoint
{
    public static void MapReadTag(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/tags/{name}", Handle)
            .AllowScope("read:statuses")
            .Describe("A hashtag, in any case, without #.");

    private static async Task<Results<Ok<Tag>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        Caller? viewer,
        Tags tags,
        IOptions<OriginOptions> options,
        CancellationToken cancellationToken)
    {
        var name = HashtagName.Normalise(fields.Text("name") ?? "");
        if (!HashtagName.IsPossible(name))
            return ClientErrors.NotFound();
        var id = await tags.Find(name, cancellationToken) ?? 0;
        return TypedResults.Ok(Tag.Of(id, name, options.Value.Origin, viewer is not null));
    }
}
