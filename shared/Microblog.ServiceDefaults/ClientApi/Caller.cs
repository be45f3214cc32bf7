using Microblog.ServiceDefaults.ClientApi.Tokens;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Who calls, as the access token says: a person through an application, or the application itself. A parameter
/// <c>Caller caller</c> in endpoints that require a token, <c>Caller? viewer</c> in those that allow one; there it is
/// null for an application's own token as well.
/// </summary>
/// <param name="AccountId">0 for an application's own token.</param>
/// <param name="Username">Empty for an application's own token.</param>
/// <param name="TokenId">The token's own id, by which it is revoked.</param>
/// <param name="Tier">One of <see cref="Tiers"/>.</param>
public sealed record Caller(
    long AccountId,
    string Username,
    long TokenId,
    long ApplicationId,
    string? ApplicationName,
    string? ApplicationWebsite,
    IReadOnlySet<string> Scopes,
    string Tier)
{
    /// <summary>True for a token of the client-credentials grant, behind which stands no person.</summary>
    public bool IsApplication => AccountId == 0;

    /// <summary>Whether the token covers the scope, itself or by a parent.</summary>
    public bool May(string scope) => ClientApi.Scopes.Granted(Scopes, scope);

    public static ValueTask<Caller?> BindAsync(HttpContext http) =>
        ValueTask.FromResult(http.Features.Get<PermittedCaller>()?.Caller);
}
