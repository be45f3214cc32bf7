using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.Search;

internal static class SearchEndpoint
{
    private const int OffsetMax = 10_000;

    private const string PagingRefused = "Search queries pagination is not supported without authentication";

    private const string ResolvingRefused =
        "Search queries that resolve remote resources are not supported without authentication";

    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        Field[] fields =
        [
            Field.Text("q", "A name, a hashtag, or the address of a post."),
            Field.Text("type", "accounts, hashtags or statuses; without it, all three."),
            Field.Flag("resolve", "Look at other servers as well: there are none."),
            Field.Flag("following"),
            Field.Id("account_id"),
            Field.Flag("exclude_unreviewed"),
            Field.Number("offset"),
            .. Field.Paging,
        ];
        app.MapGet("/api/v2/search", Handle)
            .AllowScope("read:search")
            .Describe("Finds accounts, hashtags and posts.", fields);
        app.MapGet("/api/v1/search", Handle)
            .AllowScope("read:search")
            .Describe("The same as version 2.", fields);
    }

    private static async Task<Results<Ok<SearchResult>, JsonHttpResult<ClientError>>> Handle(
        HttpContext http,
        RequestFields fields,
        Caller? viewer,
        Searches searches,
        IOptions<OriginOptions> options)
    {
        if (string.IsNullOrWhiteSpace(fields.Text("q")))
            return ClientErrors.Missing("q");
        var offset = fields.Number("offset") ?? 0;
        if (offset < 0)
            return ClientErrors.With(StatusCodes.Status400BadRequest, ClientErrors.NegativeLimit);
        if (viewer is null && offset > 0)
            return ClientErrors.With(StatusCodes.Status401Unauthorized, PagingRefused);
        if (viewer is null && fields.Flag("resolve") == true)
            return ClientErrors.With(StatusCodes.Status401Unauthorized, ResolvingRefused);

        var query = SearchQuery.Parse(fields.Text("q")!, options.Value.Origin, options.Value.Domain);
        var limit = fields.Limit(20, 40);
        var skip = (int)Math.Min(offset, OffsetMax);
        var type = fields.Text("type");
        return TypedResults.Ok(new SearchResult(
            Wants("accounts") ? await searches.Accounts(http, query, limit, skip, type is not null) : [],
            Wants("statuses") ? await searches.Statuses(http, query, viewer?.AccountId) : [],
            Wants("hashtags") ? await searches.Hashtags(http, query, viewer is not null, limit, skip) : []));

        bool Wants(string kind) => string.IsNullOrEmpty(type) || type == kind;
    }
}
