using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.PostPage;

internal static class OEmbedEndpoint
{
    private const int DefaultWidth = 400;
    private const int WidthMax = 2_000;

    public static void MapOEmbed(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/oembed", Handle).Describe(
            "A post for embedding in another page.",
            Field.Text("url", "The address of a post."),
            Field.Number("maxwidth", "Pixels."),
            Field.Number("maxheight"));

    private static async Task<Results<Ok<OEmbed>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        VisiblePosts posts,
        StatusRenderer renderer,
        IOptions<OriginOptions> options,
        CancellationToken cancellationToken)
    {
        var origin = options.Value.Origin;
        if (fields.Text("url") is not { Length: > 0 } url)
            return ClientErrors.Missing("url");
        if (PostAddress.Parse(url, origin) is not { } id
            || await posts.Find(id, viewerId: null, cancellationToken) is not { } post)
            return ClientErrors.NotFound();

        var statuses = await renderer.Render([post], viewerId: null, cancellationToken);
        var width = (int)Math.Clamp(fields.Number("maxwidth") ?? DefaultWidth, 1, WidthMax);
        return statuses.Count == 0
            ? ClientErrors.NotFound()
            : TypedResults.Ok(OEmbed.Of(statuses[0], origin, options.Value.Domain, width));
    }
}
