using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Microblog.Accounts.Storage;

/// <summary>Renders what people write about themselves: plain text in, escaped HTML with links out.</summary>
internal static partial class ProfileText
{
    /// <summary>A biography: blank lines part paragraphs, other line ends are kept. Empty text stays empty.</summary>
    public static string Paragraphs(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Trim();
        return lines.Length == 0
            ? ""
            : string.Concat(BlankLines().Split(lines).Select(paragraph => $"<p>{Lines(paragraph)}</p>"));
    }

    /// <summary>The value of a field, or a line of a biography.</summary>
    public static string Line(string text)
    {
        var html = new StringBuilder();
        var end = 0;
        foreach (Match link in Links().Matches(text))
        {
            html.Append(Escape(text[end..link.Index]));
            AppendLink(html, link.Value);
            end = link.Index + link.Length;
        }

        return html.Append(Escape(text[end..])).ToString();
    }

    private static string Lines(string paragraph) => string.Join("<br />", paragraph.Split('\n').Select(Line));

    private static void AppendLink(StringBuilder html, string address)
    {
        var escaped = Escape(address);
        html.Append("<a href=\"").Append(escaped).Append("\" rel=\"nofollow noopener\" target=\"_blank\">")
            .Append(escaped)
            .Append("</a>");
    }

    // The letters of every language stay readable; only what HTML itself uses is escaped.
    private static string Escape(string text) => Html.Encode(text);

    [GeneratedRegex(@"\n{2,}")]
    private static partial Regex BlankLines();

    // What ends a sentence does not belong to the address before it. Matched in linear time.
    [GeneratedRegex(@"https?://[^\s<>""']+[^\s<>""'.,;:!?)\]]", RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
}
