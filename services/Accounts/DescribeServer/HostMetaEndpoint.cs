using Microblog.Accounts.Pages;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.DescribeServer;

internal static class HostMetaEndpoint
{
    public static void MapHostMeta(this IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/host-meta", Handle).Describe("Where to resolve names (XRD)");

    private static ContentHttpResult Handle(IOptions<OriginOptions> origin) => TypedResults.Text(
        Html.Of(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
              <Link rel="lrdd" template="{origin.Value.Origin}/.well-known/webfinger?resource={"{uri}"}"/>
            </XRD>

            """).Markup,
        "application/xrd+xml; charset=utf-8");
}
