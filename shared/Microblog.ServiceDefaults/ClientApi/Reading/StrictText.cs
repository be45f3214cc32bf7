using System.Text;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>UTF-8 that refuses what is not UTF-8, lone surrogates among it.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">The field, for the complaint.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw FieldTree.InvalidCharacters(name);
        }
    }

    /// <summary>Enough of a broken name to complain about it: its ASCII letters and digits.</summary>
    public static string Loose(ReadOnlySpan<byte> bytes)
    {
        var letters = new StringBuilder();
        foreach (var letter in bytes[..Math.Min(bytes.Length, 40)])
        {
            if (letter == '=')
                break;
            if (char.IsAsciiLetterOrDigit((char)letter) || letter == '_')
                letters.Append((char)letter);
        }

        return letters.ToString();
    }
}
