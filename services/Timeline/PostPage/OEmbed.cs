using Microblog.ClientEntities.Entities;

namespace Microblog.Timeline.PostPage;

/// <summary>A post in the oEmbed format, version 1.0.</summary>
/// <param name="CacheAge">Seconds.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Always null: it depends on the text.</param>
internal sealed record OEmbed(
    string Type,
    string Version,
    string AuthorName,
    string AuthorUrl,
    string ProviderName,
    string ProviderUrl,
    int CacheAge,
    string Html,
    int Width,
    int? Height)
{
    private const int SecondsPerDay = 86_400;

    public static OEmbed Of(Status status, string origin, string domain, int width) => new(
        "rich",
        "1.0",
        HtmlPage.NameOf(status.Account),
        status.Account.Url,
        domain,
        origin,
        SecondsPerDay,
        $"<blockquote>{HtmlPage.Article(status)}</blockquote>",
        width,
        Height: null);
}
