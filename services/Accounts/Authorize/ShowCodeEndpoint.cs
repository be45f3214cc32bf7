using System.Text.RegularExpressions;
using Microblog.Accounts.Pages;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.Authorize;

internal static partial class ShowCodeEndpoint
{
    public static void MapShowCode(this IEndpointRouteBuilder app) =>
        app.MapGet("/oauth/authorize/native", Handle)
            .Describe("Show an authorization code to copy (HTML)", Field.Text("code"));

    // Only what looks like a code is shown: the page must not say, in our name, what somebody wrote into a link.
    private static HtmlPage Handle(RequestFields fields) => fields.Text("code") is { } code && Code().IsMatch(code)
        ? AuthorizePages.Code(code)
        : AuthorizePages.Error("This is not an authorization code.");

    [GeneratedRegex("^[A-Za-z0-9_-]{43}$")]
    private static partial Regex Code();
}
