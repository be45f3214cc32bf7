using System.Text;

namespace Microblog.Timeline.Storage;

/// <summary>How hashtags are written in storage, whatever a client writes.</summary>
internal static class HashtagName
{
    /// <summary>Lower case, composed, without <c>#</c>.</summary>
    public static string Normalise(string text) =>
        text.Trim().TrimStart('#').Normalize(NormalizationForm.FormC).ToLowerInvariant();

    /// <summary>Letters, digits and underscores, with something that is no digit: what a post can contain.</summary>
    public static bool IsPossible(string name) =>
        name.Length > 0
        && name.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || rune.Value == '_' || IsMark(rune))
        && !name.All(char.IsAsciiDigit);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark
        or System.Globalization.UnicodeCategory.ConnectorPunctuation;
}
