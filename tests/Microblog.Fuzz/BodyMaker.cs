using System.Text;

namespace Microblog.Fuzz;

/// <summary>Bodies in each of the formats that clients use, sound or broken.</summary>
internal static class BodyMaker
{
    private const string Boundary = "fuzzed-boundary";

    private static readonly string[] WrongTypes =
    [
        "", "text/plain", "application/json; charset=utf-16", "application/xml", "multipart/form-data",
        "multipart/form-data; boundary=\"\"", "application/x-www-form-urlencoded; charset=x", "image/png", "/", ";;;",
        "application/octet-stream", "application/vnd.api+json",
    ];

    /// <summary>The body and its content type.</summary>
    public static (byte[] Bytes, string Type) Make(
        IReadOnlyList<(Input Input, string Value)> fields, BodyFormat format, bool isBroken, Random random)
    {
        var (bytes, type) = format switch
        {
            BodyFormat.Json =>
                (Encoding.UTF8.GetBytes(JsonText.Of(fields, isBroken ? random : null)), "application/json"),
            BodyFormat.Form => (Encoding.UTF8.GetBytes(Form(fields)), "application/x-www-form-urlencoded"),
            BodyFormat.Multipart or _ =>
                (Encoding.UTF8.GetBytes(Multipart(fields)), $"multipart/form-data; boundary={Boundary}"),
        };
        if (!isBroken)
            return (bytes, type);

        return random.Next(8) switch
        {
            0 => (bytes[..random.Next(bytes.Length + 1)], type),
            1 => (Scratched(bytes, random), type),
            2 => ([0xef, 0xbb, 0xbf, .. bytes], type),
            3 => (bytes, random.Any(WrongTypes)),
            4 => ([.. bytes, .. bytes], type),
            _ => (bytes, type),
        };
    }

    /// <summary>Name and value as a form or a query writes them.</summary>
    public static string Pair(string name, string value) => $"{Uri.EscapeDataString(name)}={Escaped(value)}";

    // Half a surrogate pair cannot be escaped; its bytes are written as a careless client would.
    private static string Escaped(string value)
    {
        var text = new StringBuilder();
        foreach (var rune in value.EnumerateRunes())
            text.Append(rune.Value == 0xfffd ? "%ed%a0%80" : Uri.EscapeDataString(rune.ToString()));
        return text.ToString();
    }

    private static string Form(IEnumerable<(Input Input, string Value)> fields) =>
        string.Join('&', fields.Select(field => Pair(field.Input.Name, field.Value)));

    private static string Multipart(IEnumerable<(Input Input, string Value)> fields)
    {
        var parts = fields.Select(field =>
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field.Input.Name}\""
            + (field.Input.Name is "avatar" or "header" ? "; filename=\"x.png\"\r\nContent-Type: image/png" : "")
            + $"\r\n\r\n{field.Value}\r\n");
        return $"{string.Concat(parts)}--{Boundary}--\r\n";
    }

    private static byte[] Scratched(byte[] bytes, Random random)
    {
        byte[] copy = [.. bytes];
        for (var i = 0; i < 1 + (copy.Length / 50); i++)
        {
            if (copy.Length > 0)
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
        }

        return copy;
    }
}
