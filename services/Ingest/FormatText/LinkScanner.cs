namespace Microblog.Ingest.FormatText;

/// <summary>Finds where an address in a text begins and ends.</summary>
internal static class LinkScanner
{
    /// <summary>Longer ones stay text, and count in full.</summary>
    private const int LengthMax = 2_048;

    private const string Closers = ")]}）】」』";
    private const string Openers = "([{（【「『";

    private static readonly string[] Schemes = ["https://", "http://"];

    /// <summary>The address that begins here; null when none does.</summary>
    public static TextPiece? LinkAt(string text, int at)
    {
        var scheme = Array.Find(Schemes, scheme =>
            string.Compare(text, at, scheme, 0, scheme.Length, StringComparison.OrdinalIgnoreCase) == 0);
        if (scheme is null || TextScanner.IsWithinWord(text, at))
            return null;

        var end = at + scheme.Length;
        while (end < text.Length && !EndsAddress(text[end]))
            end++;

        var address = WithoutPunctuation(text[at..end]);
        return address.Length <= LengthMax && LeadsSomewhere(address) ? new(TextPieceKind.Link, address) : null;
    }

    private static bool EndsAddress(char sign) =>
        char.IsWhiteSpace(sign) || char.IsControl(sign) || sign is '<' or '>' or '"' or '\u3000';

    /// <summary>What closes the sentence or the bracket around an address does not belong to it.</summary>
    private static string WithoutPunctuation(string address)
    {
        var end = address.Length;
        while (end > 0 && (IsPunctuation(address[end - 1]) || ClosesWhatIsOutside(address.AsSpan(0, end))))
            end--;
        return address[..end];
    }

    private static bool IsPunctuation(char sign) =>
        sign is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '…' or '。' or '、' or '！' or '？' or '’'
            or '”';

    private static bool ClosesWhatIsOutside(ReadOnlySpan<char> address)
    {
        var kind = Closers.IndexOf(address[^1], StringComparison.Ordinal);
        return kind >= 0 && address.Count(Closers[kind]) > address.Count(Openers[kind]);
    }

    // A user before the host hides where a link leads: https://bank.example@evil.example stays text.
    private static bool LeadsSomewhere(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && uri.HostNameType is not UriHostNameType.Unknown and not UriHostNameType.Basic
        && (uri.HostNameType != UriHostNameType.Dns || uri.Host == "localhost" || uri.Host.Trim('.').Contains('.'));
}
