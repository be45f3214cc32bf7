using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Microblog.Accounts.Pages;

/// <summary>
/// A piece of a page. Written as an interpolated string, whose literal parts are markup and whose holes are text:
/// they are escaped, so that nobody can forget it.
/// </summary>
internal readonly record struct Html(string Markup)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html Empty { get; } = new("");

    public static Html Of(Template template) => new(template.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));

    public override string ToString() => Markup;

    [InterpolatedStringHandler]
    internal readonly ref struct Template(int literalLength, int formattedCount)
    {
        private const int HoleLength = 24;

        private readonly StringBuilder _markup = new(literalLength + (formattedCount * HoleLength));

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(string? text) => _markup.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(Html piece) => _markup.Append(piece.Markup);

        public override string ToString() => _markup.ToString();
    }
}
