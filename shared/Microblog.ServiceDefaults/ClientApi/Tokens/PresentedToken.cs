using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>What a request showed: no token, a bad one (no caller), or a good one.</summary>
internal sealed record PresentedToken(bool IsPresent, Caller? Caller)
{
    public static readonly PresentedToken None = new(IsPresent: false, Caller: null);

    public static PresentedToken Of(HttpContext http) => http.Features.Get<PresentedToken>() ?? None;
}
