using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>Holds the endpoint's <see cref="AccessRule"/> against the token.</summary>
internal sealed class Authorization(RequestDelegate next)
{
    public Task Invoke(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() is { } rule)
            http.Features.Set(Permit(rule, PresentedToken.Of(http), http.Response));
        return next(http);
    }

    private static PermittedCaller Permit(AccessRule rule, PresentedToken token, HttpResponse response)
    {
        if (rule.Kind == AccessKind.Optional && !token.IsPresent)
            return new(Caller: null);

        if (token.Caller is not { } caller)
        {
            response.Headers.WWWAuthenticate = token.IsPresent ? "Bearer error=\"invalid_token\"" : "Bearer";
            throw new ClientException(StatusCodes.Status401Unauthorized, ClientErrors.TokenInvalid);
        }

        // Started while nobody could say what was revoked before: refusing is safe, and it does not last.
        if (!token.IsDecided)
        {
            throw new ClientException(StatusCodes.Status503ServiceUnavailable, ClientErrors.TemporaryProblem)
            {
                RetryAfter = RevokedTokenLoader.RetryInterval,
            };
        }

        if (!rule.Covers(caller))
            throw new ClientException(StatusCodes.Status403Forbidden, ClientErrors.ScopeMissing);

        if (rule.Kind == AccessKind.Person && caller.IsApplication)
            throw new ClientException(StatusCodes.Status422UnprocessableEntity, ClientErrors.UserRequired);

        return new(rule.Kind == AccessKind.Optional && caller.IsApplication ? null : caller);
    }
}
