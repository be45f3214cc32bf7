using System.Text;
using System.Text.RegularExpressions;
using Microblog.Contracts.Ingest;

namespace Microblog.Ingest.FormatText;

/// <summary>
/// A post's text as HTML that clients show unchecked. Everything written by people is escaped; all markup is ours,
/// in the forms that clients recognise.
/// </summary>
internal sealed partial class PostContent(string origin)
{
    /// <summary>Signs of an address that are shown; clients hide the rest.</summary>
    private const int ShownOfAddress = 30;

    /// <param name="mentions">Whom the pieces name; a mention that is not among them stays text.</param>
    public string Render(IEnumerable<TextPiece> pieces, IReadOnlyDictionary<TextPiece, Mention> mentions)
    {
        var html = new StringBuilder();
        foreach (var piece in pieces)
            html.Append(Render(piece, mentions));

        var paragraphs = BlankLines().Split(html.ToString());
        return $"<p>{string.Join("</p><p>", paragraphs).Replace("\n", "<br />", StringComparison.Ordinal)}</p>";
    }

    private string Render(TextPiece piece, IReadOnlyDictionary<TextPiece, Mention> mentions) => piece.Kind switch
    {
        TextPieceKind.Link => Link(piece.Written),
        TextPieceKind.Tag => Tag(piece),
        TextPieceKind.Mention when mentions.TryGetValue(piece, out var mention) => Link(mention),
        TextPieceKind.Mention or TextPieceKind.Plain => Escape(piece.Written),
        _ => throw new InvalidOperationException($"Pieces of kind {piece.Kind} have no form."),
    };

    private string Link(Mention mention) =>
        $"""<span class="h-card"><a href="{origin}/@{mention.Username}" class="u-url mention">@<span>"""
        + $"{mention.Username}</span></a></span>";

    private string Tag(TextPiece tag) =>
        $"""<a href="{origin}/tags/{Uri.EscapeDataString(tag.Name)}" class="mention hashtag" rel="tag">#<span>"""
        + $"{Escape(tag.Written[1..])}</span></a>";

    private static string Link(string address)
    {
        var shownFrom = SchemeAndWww().Match(address).Length;
        var shownTo = Math.Min(address.Length, shownFrom + ShownOfAddress);
        if (shownTo < address.Length && char.IsLowSurrogate(address[shownTo]))
            shownTo--;

        var ellipsis = shownTo < address.Length ? " class=\"ellipsis\"" : "";
        return $"""<a href="{Escape(address)}" rel="nofollow noopener" target="_blank">"""
            + $"""<span class="invisible">{Escape(address[..shownFrom])}</span>"""
            + $"<span{ellipsis}>{Escape(address[shownFrom..shownTo])}</span>"
            + $"""<span class="invisible">{Escape(address[shownTo..])}</span></a>""";
    }

    // The framework's encoders would turn every letter beyond Latin into a number.
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    [GeneratedRegex("\n{2,}")]
    private static partial Regex BlankLines();

    [GeneratedRegex("^https?://(www\\.)?", RegexOptions.IgnoreCase)]
    private static partial Regex SchemeAndWww();
}
