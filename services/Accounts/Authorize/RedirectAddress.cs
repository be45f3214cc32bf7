using System.Text;

namespace Microblog.Accounts.Authorize;

/// <summary>The addresses at which applications expect the answer to an authorization.</summary>
internal static class RedirectAddress
{
    /// <summary>Stands for: show the code, the person copies it.</summary>
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    private const int CharactersMax = 2_000;

    // These run or show what they carry instead of handing it to a program.
    private static readonly string[] RefusedSchemes =
        ["javascript", "data", "vbscript", "file", "blob", "about", "view-source", "ws", "wss", "urn"];

    /// <summary>
    /// Whether an application may register it: <see cref="OutOfBand"/>, http(s), or the scheme of an installed program.
    /// ASCII only, because it stands in headers, and compared letter by letter later.
    /// </summary>
    public static bool IsAcceptable(string address)
    {
        if (address == OutOfBand)
            return true;

        return address.Length <= CharactersMax
            && address.All(letter => letter is > ' ' and <= '~')
            && !address.Contains('#', StringComparison.Ordinal)
            && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && address.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase)
            && !RefusedSchemes.Contains(uri.Scheme)
            && (uri.Scheme is not ("http" or "https") || (uri.Host.Length > 0 && uri.UserInfo.Length == 0));
    }

    /// <summary>The address with parameters added behind those it has.</summary>
    public static string With(string address, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var result = new StringBuilder(address);
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters.Where(parameter => parameter.Value is not null))
        {
            result.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value!));
            separator = '&';
        }

        return result.ToString();
    }

    /// <summary>The address as a source of a content security policy: its origin, or its scheme.</summary>
    public static string? PolicySource(string address)
    {
        if (address == OutOfBand)
            return null;
        var uri = new Uri(address);
        return uri.Scheme is "http" or "https" ? $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}" : $"{uri.Scheme}:";
    }
}
