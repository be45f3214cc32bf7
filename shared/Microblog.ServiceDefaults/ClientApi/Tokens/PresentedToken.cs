using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>What a request showed: no token, a bad one (no caller), or a good one.</summary>
/// <param name="IsDecided">Whether it is known which tokens were revoked; if not, a good one may be among them.</param>
internal sealed record PresentedToken(bool IsPresent, Caller? Caller, bool IsDecided = true)
{
    public static readonly PresentedToken None = new(IsPresent: false, Caller: null);

    public static PresentedToken Of(HttpContext http) => http.Features.Get<PresentedToken>() ?? None;
}
