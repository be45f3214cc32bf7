namespace Microblog.Timeline.ApiDocs;

/// <summary>
/// The page at <c>/api/docs</c>: Swagger UI over the document of the whole origin, which the gateway serves.
/// </summary>
internal static class ApiDocsPage
{
    public static void UseApiDocs(this IApplicationBuilder app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = "api/docs";
        page.DocumentTitle = "Microblog API";
        page.SwaggerEndpoint("/api/openapi.json", "Microblog");
        page.EnableDeepLinking();
    });
}
