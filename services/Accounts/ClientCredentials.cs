using System.Text;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts;

/// <summary>By what an application shows who it is: fields of the body, or HTTP Basic.</summary>
internal sealed record ClientCredentials(string? ClientId, string? ClientSecret)
{
    private const string Scheme = "Basic ";

    public static IReadOnlyList<Field> Fields { get; } =
        [Field.Text("client_id", "Or HTTP Basic authentication."), Field.Text("client_secret")];

    public static ClientCredentials Read(HttpContext http, RequestFields fields)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Decode(header[Scheme.Length..]) is { } pair
            ? pair
            : new(fields.Text("client_id"), fields.Text("client_secret"));
    }

    private static ClientCredentials? Decode(string header)
    {
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header.Trim(), bytes, out var length))
            return null;

        return Encoding.ASCII.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? new(Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : null;
    }
}
