using System.Text;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>
/// Reads a query string or a urlencoded body. The framework's reader replaces what is not UTF-8 in silence; this one
/// names the field.
/// </summary>
internal static class UrlEncoded
{
    public static void Read(ReadOnlySpan<byte> encoded, FieldTree tree)
    {
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty)
                continue;

            var equals = pair.IndexOf((byte)'=');
            var name = Text(equals < 0 ? pair : pair[..equals], StrictText.Loose(pair));
            var value = equals < 0 ? "" : Text(pair[(equals + 1)..], name);
            tree.Add(name, value);
        }
    }

    public static void Read(string? query, FieldTree tree)
    {
        if (query is { Length: > 1 })
            Read(Encoding.UTF8.GetBytes(query, 1, query.Length - 1), tree);
    }

    private static string Text(ReadOnlySpan<byte> encoded, string name)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var current = encoded[i];
            if (current == '%' && TryHex(encoded[(i + 1)..], out var decoded))
                (current, i) = (decoded, i + 2);
            else if (current == '+')
                current = (byte)' ';
            bytes[length++] = current;
        }

        return StrictText.Decode(bytes.AsSpan(0, length), name);
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out byte value)
    {
        value = 0;
        if (digits.Length < 2 || !char.IsAsciiHexDigit((char)digits[0]) || !char.IsAsciiHexDigit((char)digits[1]))
            return false;
        value = (byte)((HexValue(digits[0]) << 4) | HexValue(digits[1]));
        return true;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
