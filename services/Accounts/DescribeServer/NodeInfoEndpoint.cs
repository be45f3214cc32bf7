using System.Text.Json.Serialization;
using Microblog.Accounts.ShowInstance;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.DescribeServer;

internal static class NodeInfoEndpoint
{
    public static void MapNodeInfo(this IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/nodeinfo", Point).Describe("Where to learn what software runs here");
        app.MapGet("/nodeinfo/2.0", Handle).Describe("What software runs here");
    }

    private static Ok<Pointer> Point(IOptions<OriginOptions> origin) => TypedResults.Ok(new Pointer(
        [new("http://nodeinfo.diaspora.software/ns/schema/2.0", $"{origin.Value.Origin}/nodeinfo/2.0")]));

    private static async Task<Ok<NodeInfo>> Handle(
        HttpContext http,
        InstanceCounts counts,
        IOptions<AccountsOptions> options)
    {
        var (people, posts) = await counts.Get(http);
        return TypedResults.Ok(new NodeInfo(
            "2.0",
            new(ServerVersion.Name, ServerVersion.Own),
            Protocols: [],
            new([], []),
            options.Value.SignUpOpen,
            new(new(people), posts),
            new()));
    }

    private sealed record Pointer(IReadOnlyList<Link> Links);

    private sealed record Link(string Rel, string Href);

    // The schema writes its names in camelCase.
    private sealed record NodeInfo(
        string Version,
        Software Software,
        IReadOnlyList<string> Protocols,
        Services Services,
        [property: JsonPropertyName("openRegistrations")] bool OpenRegistrations,
        Usage Usage,
        EmptyObject Metadata);

    private sealed record Software(string Name, string Version);

    private sealed record Services(IReadOnlyList<string> Inbound, IReadOnlyList<string> Outbound);

    private sealed record Usage(UserCount Users, [property: JsonPropertyName("localPosts")] long LocalPosts);

    private sealed record UserCount(long Total);
}
