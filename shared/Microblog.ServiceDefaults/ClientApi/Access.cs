using Microblog.ServiceDefaults.ClientApi.Tokens;
using Microsoft.AspNetCore.Builder;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Who may call an endpoint. Of several scopes one is enough. Without any of these a token is not looked at.
/// </summary>
public static class Access
{
    /// <summary>A person's token: 401 without one, 422 for an application's own, 403 without the scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.For(AccessKind.Person, scopes));

    /// <summary>
    /// An application's own token is enough: 401 without one, 403 without the scope. No scope means any token.
    /// </summary>
    public static TBuilder RequireAppOrUser<TBuilder>(this TBuilder endpoint, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.For(AccessKind.Any, scopes));

    /// <summary>Public; a token shows more. A bad token is 401, one without the scope 403.</summary>
    public static TBuilder AllowScope<TBuilder>(this TBuilder endpoint, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(AccessRule.For(AccessKind.Optional, scopes));

    /// <summary>
    /// Also takes the token from <c>?access_token=</c> and <c>Sec-WebSocket-Protocol</c>: for streaming only, because
    /// addresses are logged on their way.
    /// </summary>
    public static TBuilder AllowTokenInQuery<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(TokenInQuery.Allowed);
}
