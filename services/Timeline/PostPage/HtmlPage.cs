using System.Globalization;
using System.Text.Encodings.Web;
using Microblog.ClientEntities.Entities;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Timeline.PostPage;

/// <summary>
/// Plain pages for browsers that follow the address of a post. Everything is escaped but a post's content, which was
/// sanitised when it was written; the policy forbids scripts all the same.
/// </summary>
internal static class HtmlPage
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}"
        + "article{border-bottom:1px solid #ccc;padding:1rem 0}";

    public static ContentHttpResult Of(HttpContext http, string title, IEnumerable<Status> statuses)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Content(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Escape(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Escape(title)}</h1>
            {string.Concat(statuses.Select(Article))}
            </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }

    /// <summary>One post as an element, as pages and embeddings show it.</summary>
    public static string Article(Status status)
    {
        var shown = status.Reblog ?? status;
        var written = shown.CreatedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var content = shown.SpoilerText.Length == 0
            ? shown.Content
            : $"<details><summary>{Escape(shown.SpoilerText)}</summary>{shown.Content}</details>";
        return $"""
            <article>
            <p><strong>{Escape(NameOf(shown.Account))}</strong> @{Escape(shown.Account.Acct)}</p>
            {content}
            <p><a href="{Escape(shown.Url)}"><time>{written}</time></a></p>
            </article>

            """;
    }

    public static string NameOf(Account account) =>
        account.DisplayName.Length > 0 ? account.DisplayName : account.Username;

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}
