using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>
/// Finds out who calls. ASP.NET's authentication handlers answer with headers only; clients want a JSON body, so these
/// two steps (this one and <see cref="Authorization"/>) stand in for them over the same protected tickets.
/// </summary>
internal sealed class Authentication(
    RequestDelegate next,
    AccessTokens tokens,
    RevokedTokenList revoked,
    TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    public Task Invoke(HttpContext http)
    {
        http.Features.Set(Presented(http));
        return next(http);
    }

    private PresentedToken Presented(HttpContext http)
    {
        if (TokenOf(http) is not { Length: > 0 } token)
            return PresentedToken.None;

        var caller = tokens.Read(token, clock.GetUtcNow());
        return caller is null || revoked.Contains(caller.TokenId)
            ? new(IsPresent: true, Caller: null)
            : new(IsPresent: true, caller, revoked.IsComplete);
    }

    private static string? TokenOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return header[Scheme.Length..].Trim();

        if (http.GetEndpoint()?.Metadata.GetMetadata<TokenInQuery>() is null)
            return null;

        var query = http.Request.Query["access_token"].ToString();
        return query.Length > 0 ? query : http.Request.Headers.SecWebSocketProtocol.ToString();
    }
}
