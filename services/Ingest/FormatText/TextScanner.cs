using System.Globalization;
using System.Text;

namespace Microblog.Ingest.FormatText;

/// <summary>Finds mentions, hashtags and links in a text. Whether a name is somebody's, others find out.</summary>
internal static class TextScanner
{
    /// <summary>Longer names are nobody's.</summary>
    private const int UsernameLengthMax = 30;

    /// <summary>Signs that some scripts write within a word: middle dots and the zero-width non-joiner.</summary>
    private const string WordJoints = "\u00B7\u30FB\u200C";

    /// <summary>Takes a text apart, in one pass from left to right.</summary>
    public static IReadOnlyList<TextPiece> Scan(string text)
    {
        var pieces = new List<TextPiece>();
        var (at, plainFrom) = (0, 0);
        while (at < text.Length)
        {
            if (PieceAt(text, at) is not { } piece)
            {
                at++;
                continue;
            }

            AddPlain(pieces, text[plainFrom..at]);
            pieces.Add(piece);
            at += piece.Written.Length;
            plainFrom = at;
        }

        AddPlain(pieces, text[plainFrom..]);
        return pieces;
    }

    /// <summary>Whether a word goes on, or ends, at this place: then no sign there begins anything.</summary>
    internal static bool IsWithinWord(string text, int at) => at > 0 && IsWord(RuneBefore(text, at));

    private static TextPiece? PieceAt(string text, int at) => text[at] switch
    {
        '@' => MentionAt(text, at),
        '#' => TagAt(text, at),
        'h' or 'H' => LinkScanner.LinkAt(text, at),
        _ => null,
    };

    private static TextPiece? MentionAt(string text, int at)
    {
        // After a word it is an e-mail address; after = or / it is part of an address.
        if (IsWithinWord(text, at) || (at > 0 && text[at - 1] is '=' or '/' or '@'))
            return null;

        var nameEnd = EndOf(text, at + 1, rune => rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value == '_'));
        var name = text[(at + 1)..nameEnd];
        if (name.Length is 0 or > UsernameLengthMax || IsWord(RuneAt(text, nameEnd)))
            return null;

        var domainEnd = DomainEnd(text, nameEnd);
        var domain = domainEnd > nameEnd ? text[(nameEnd + 1)..domainEnd] : null;
        return new(TextPieceKind.Mention, text[at..domainEnd], name.ToLowerInvariant(), domain?.ToLowerInvariant());
    }

    /// <summary>Where <c>@host</c> or <c>@host:port</c> ends; where the name ends, if neither follows.</summary>
    private static int DomainEnd(string text, int nameEnd)
    {
        if (nameEnd >= text.Length || text[nameEnd] != '@')
            return nameEnd;

        var hostEnd = EndOf(text, nameEnd + 1, rune => Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-');
        while (text[hostEnd - 1] is '.' or '-')
            hostEnd--;
        if (hostEnd == nameEnd + 1)
            return nameEnd;

        var portEnd = hostEnd < text.Length && text[hostEnd] == ':'
            ? EndOf(text, hostEnd + 1, rune => rune.IsAscii && Rune.IsDigit(rune))
            : hostEnd;
        return portEnd > hostEnd + 1 ? portEnd : hostEnd;
    }

    private static TextPiece? TagAt(string text, int at)
    {
        if (IsWithinWord(text, at) || (at > 0 && text[at - 1] is '=' or '/' or ')' or '&' or '#'))
            return null;

        var end = EndOf(text, at + 1, rune => IsWord(rune) || (rune.IsBmp && WordJoints.Contains((char)rune.Value)));
        while (end > at + 1 && WordJoints.Contains(text[end - 1]))
            end--;

        // Digits alone are a number: #1 is the first of a list.
        return text[(at + 1)..end].EnumerateRunes().Any(Rune.IsLetter)
            ? new(TextPieceKind.Tag, text[at..end], text[(at + 1)..end].ToLowerInvariant())
            : null;
    }

    private static void AddPlain(List<TextPiece> pieces, string text)
    {
        if (text.Length > 0)
            pieces.Add(new(TextPieceKind.Plain, text));
    }

    private static int EndOf(string text, int from, Func<Rune, bool> belongs)
    {
        var end = from;
        while (end < text.Length && RuneAt(text, end) is var rune && belongs(rune))
            end += rune.Utf16SequenceLength;
        return end;
    }

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_' || IsMark(rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static Rune RuneAt(string text, int at) =>
        at < text.Length && Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;

    private static Rune RuneBefore(string text, int at)
    {
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _);
        return rune;
    }
}
