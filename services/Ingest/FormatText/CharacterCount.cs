using System.Globalization;

namespace Microblog.Ingest.FormatText;

/// <summary>Counts as clients count while somebody types: what looks like one character is one.</summary>
internal static class CharacterCount
{
    /// <summary>Characters of text and content warning together.</summary>
    public const int CharactersMax = 500;

    /// <summary>Every link counts so many, however long it is.</summary>
    private const int PerLink = 23;

    private static readonly string LinkStandIn = new('x', PerLink);

    public static int Of(IEnumerable<TextPiece> pieces, string spoilerText) =>
        new StringInfo(spoilerText + string.Concat(pieces.Select(Counted))).LengthInTextElements;

    private static string Counted(TextPiece piece) => piece.Kind switch
    {
        TextPieceKind.Link => LinkStandIn,
        // Where somebody is at home does not count: @user@domain is @user.
        TextPieceKind.Mention => "@" + piece.Name,
        TextPieceKind.Plain or TextPieceKind.Tag => piece.Written,
        _ => throw new InvalidOperationException($"Pieces of kind {piece.Kind} are not counted."),
    };
}
