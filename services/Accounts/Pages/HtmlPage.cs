using System.Security.Cryptography;
using System.Text;

namespace Microblog.Accounts.Pages;

/// <summary>
/// A page of our own: plain, without scripts, readable by screen readers, never framed, never stored.
/// </summary>
internal sealed class HtmlPage(string title, Html body, int status = StatusCodes.Status200OK) : IResult
{
    private const string Style =
        """
        body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 2rem auto; padding: 0 1rem;
               color: #1c1c22; background: #fff; }
        h1 { font-size: 1.5rem; line-height: 1.2; }
        label { display: block; margin-top: 1rem; font-weight: 600; }
        label.beside { font-weight: 400; }
        input[type=text], input[type=email], input[type=password] { box-sizing: border-box; width: 100%; padding: .5rem;
               font: inherit; border: 1px solid #6b6b76; border-radius: .25rem; }
        button { margin: 1rem .5rem 0 0; padding: .5rem 1rem; font: inherit; border: 1px solid #2440a8;
               border-radius: .25rem; background: #2440a8; color: #fff; cursor: pointer; }
        button.quiet { background: #fff; color: #2440a8; }
        a { color: #2440a8; }
        :focus-visible { outline: 3px solid #c25e00; outline-offset: 2px; }
        [role=alert] { padding: .5rem 1rem; border-left: .3rem solid #a8071a; background: #fff1f0; color: #7a0513; }
        .hint { color: #55555f; font-size: .95rem; }
        code { display: block; padding: .75rem; background: #f2f2f5; overflow-wrap: anywhere; font-size: 1.1rem; }
        table { border-collapse: collapse; }
        th, td { text-align: left; padding: .25rem 1rem .25rem 0; vertical-align: top; overflow-wrap: anywhere; }
        """;

    private static readonly string StyleSource =
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <summary>
    /// Where its forms may lead besides ourselves: browsers hold the address that answers a form against this as well.
    /// </summary>
    public string? FormTarget { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {StyleSource}; form-action {$"'self' {FormTarget}".TrimEnd()}; "
            + "base-uri 'none'; frame-ancestors 'none'";
        return response.WriteAsync(Document().Markup, httpContext.RequestAborted);
    }

    private Html Document() => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>{new Html(Style)}</style>
        </head>
        <body>
        <main>
        <h1>{title}</h1>
        {body}
        </main>
        </body>
        </html>

        """);
}
