namespace Microblog.Timeline.ApiDocs;

/// <summary>
/// The page at <c>/api/docs</c>: Swagger UI over the document of the whole origin, which the gateway serves.
/// </summary>
internal static class ApiDocsPage
{
    private const string Path = "api/docs";

    // Left to itself it would look at every request.
    public static void UseApiDocs(this IApplicationBuilder app) => app.UseWhen(
        http => http.Request.Path.StartsWithSegments("/" + Path),
        docs => docs.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Path;
            page.DocumentTitle = "Microblog API";
            page.SwaggerEndpoint("/api/openapi.json", "Microblog");
            page.EnableDeepLinking();
        }));
}
