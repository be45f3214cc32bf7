using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Writes the <c>Link</c> header as clients parse it: absolute addresses, next before prev, no comma inside an
/// address, and no header at all on an empty page.
/// </summary>
public static class PageLinks
{
    private static readonly string[] PagingNames = ["limit", "max_id", "since_id", "min_id", "page", "offset"];

    /// <param name="cursors">
    /// The page's cursors in its order, newest first: post ids, or ids of relationship rows.
    /// </param>
    /// <param name="more">False leaves <c>next</c> out: for lists that end visibly, when the page was not full.</param>
    public static void Write(HttpContext http, Page page, IReadOnlyList<long> cursors, bool more = true)
    {
        if (cursors.Count == 0)
            return;

        var address = Address(http, page.Limit);
        var previous = $"<{address}&min_id={cursors[0]}>; rel=\"prev\"";
        http.Response.Headers.Link = more ? $"<{address}&max_id={cursors[^1]}>; rel=\"next\", {previous}" : previous;
    }

    private static string Address(HttpContext http, int limit)
    {
        var origin = http.RequestServices.GetRequiredService<IOptions<OriginOptions>>().Value.Origin;
        // The path writer leaves commas as they are, and the parameters' one escapes them.
        var path = http.Request.Path.ToUriComponent().Replace(",", "%2C", StringComparison.Ordinal);
        var address = new StringBuilder(origin).Append(path).Append(CultureInfo.InvariantCulture, $"?limit={limit}");
        foreach (var (name, values) in http.Request.Query.Where(parameter => IsKept(http, parameter.Key)))
        {
            foreach (var value in values)
                address.Append($"&{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value ?? "")}");
        }

        return address.ToString();
    }

    /// <summary>
    /// Only what the endpoint declared comes back: an unknown parameter may be a token in the wrong place.
    /// </summary>
    private static bool IsKept(HttpContext http, string name) =>
        !PagingNames.Contains(name)
        && http.GetEndpoint()?.Metadata.GetMetadata<EndpointDescription>()?.Declares(name) == true;
}
