using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Tells the client which part is down while an answer is given without it: <c>Microblog-Standby: rabbitmq</c>.
/// </summary>
public static class Standby
{
    public const string Header = "Microblog-Standby";

    /// <summary>
    /// Names a part (<c>postgres</c>, <c>rabbitmq</c>, <c>redis</c>). To be called before the answer starts.
    /// </summary>
    public static void Mark(HttpContext http, string part)
    {
        var parts = http.Response.Headers[Header].ToString();
        if (parts.Length == 0)
            http.Response.Headers[Header] = part;
        else if (!parts.Split(", ").Contains(part))
            http.Response.Headers[Header] = $"{parts}, {part}";
    }
}
