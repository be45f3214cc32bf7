using Microblog.ServiceDefaults.Standby;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Tells the client which parts are down while an answer is given without them: <c>Microblog-Standby: postgres,
/// redis</c>. What stands on the <see cref="StandbyBoard"/> is marked on every answer.
/// </summary>
public static class StandbyHeader
{
    public const string Name = "Microblog-Standby";

    /// <summary>
    /// Names a part that this answer had to do without. To be called before the answer starts.
    /// </summary>
    public static void Mark(HttpContext http, string part)
    {
        var parts = http.Response.Headers[Name].ToString();
        if (parts.Length == 0)
            http.Response.Headers[Name] = part;
        else if (!parts.Split(", ").Contains(part))
            http.Response.Headers[Name] = $"{parts}, {part}";
    }

    internal static void UseStandbyHeader(this IApplicationBuilder app)
    {
        var board = app.ApplicationServices.GetRequiredService<StandbyBoard>();
        app.Use((http, next) =>
        {
            // At the last moment: what is away, this very call may have found out.
            http.Response.OnStarting(() =>
            {
                foreach (var part in board.Away)
                    Mark(http, part);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }
}
