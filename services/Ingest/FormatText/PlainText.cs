using System.Globalization;
using System.Text;

namespace Microblog.Ingest.FormatText;

/// <summary>What people type, in the one form that is kept.</summary>
internal static class PlainText
{
    /// <summary>Line ends become LF, and white space around the text and characters that steer terminals go.</summary>
    public static string Tidy(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var tidy = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune))
                tidy.Append(rune);
        }

        return tidy.ToString().Trim();
    }

    /// <summary>Whether nothing in the text can be seen.</summary>
    public static bool IsBlank(string text) => text.EnumerateRunes().All(rune =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format);
}
