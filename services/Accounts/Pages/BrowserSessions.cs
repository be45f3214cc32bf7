using System.Globalization;
using System.Security.Cryptography;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.Pages;

/// <summary>
/// Remembers browsers in a protected cookie, and recognises forms that came from our own pages: each carries a token
/// which only the session it was made for can use.
/// </summary>
internal sealed class BrowserSessions(
    IDataProtectionProvider protection,
    IOptions<OriginOptions> origin,
    IOptions<AccountsOptions> options)
{
    private readonly ITimeLimitedDataProtector _cookies =
        protection.CreateProtector("Microblog.BrowserSession").ToTimeLimitedDataProtector();

    private readonly ITimeLimitedDataProtector _forms =
        protection.CreateProtector("Microblog.FormToken").ToTimeLimitedDataProtector();

    private readonly bool _isSecure = origin.Value.Origin.StartsWith("https:", StringComparison.Ordinal);

    // Browsers accept this prefix only with Secure, and then no other host can plant the cookie.
    private string CookieName => _isSecure ? "__Host-microblog" : "microblog";

    /// <summary>The browser's session; a new one, with nobody logged in, when it shows none.</summary>
    public BrowserSession Open(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is { } cookie
            && Read(_cookies, cookie)?.Split(' ') is [{ } id, { } user]
            && long.TryParse(user, CultureInfo.InvariantCulture, out var userId))
        {
            return new(id, userId == 0 ? null : userId);
        }

        return Begin(http, userId: null);
    }

    /// <summary>Logs the person in, in a session of its own.</summary>
    public BrowserSession SignIn(HttpContext http, long userId) => Begin(http, userId);

    public BrowserSession SignOut(HttpContext http) => Begin(http, userId: null);

    /// <summary>To be sent back in <see cref="Form.Token"/>.</summary>
    public string FormToken(BrowserSession session) => _forms.Protect(session.Id, options.Value.SessionLifetime);

    public bool IsOurForm(BrowserSession session, string? token) =>
        token is not null && Read(_forms, token) == session.Id;

    private BrowserSession Begin(HttpContext http, long? userId)
    {
        var session = new BrowserSession(Secrets.New(), userId);
        var value = string.Create(CultureInfo.InvariantCulture, $"{session.Id} {userId ?? 0}");
        http.Response.Cookies.Append(CookieName, _cookies.Protect(value, options.Value.SessionLifetime), new()
        {
            HttpOnly = true,
            // Lax: the way here from an application is a link from another site, and must find the session.
            SameSite = SameSiteMode.Lax,
            Secure = _isSecure,
            Path = "/",
            IsEssential = true,
        });
        return session;
    }

    private static string? Read(ITimeLimitedDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            // Forged, damaged or over: as good as none.
            return null;
        }
    }
}
