using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.IssueToken;

/// <summary>The refusals of RFC 6749, in the sentences that clients know.</summary>
internal static class OAuthErrors
{
    public static JsonHttpResult<ClientError> InvalidGrant() => With(
        "invalid_grant",
        "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the "
        + "authorization request, or was issued to another client.");

    public static JsonHttpResult<ClientError> InvalidScope() => With(
        "invalid_scope",
        "The requested scope is invalid, unknown, or malformed.");

    public static JsonHttpResult<ClientError> UnsupportedGrantType() => With(
        "unsupported_grant_type",
        "The authorization grant type is not supported by the authorization server.");

    public static JsonHttpResult<ClientError> Missing(string field) => With(
        "invalid_request",
        $"Missing required parameter: {field}.");

    public static JsonHttpResult<ClientError> InvalidClient(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Microblog\"";
        return ClientErrors.With(
            StatusCodes.Status401Unauthorized,
            "invalid_client",
            "Client authentication failed due to unknown client, no client authentication included, or unsupported "
            + "authentication method.");
    }

    private static JsonHttpResult<ClientError> With(string error, string description) =>
        ClientErrors.With(StatusCodes.Status400BadRequest, error, description);
}
