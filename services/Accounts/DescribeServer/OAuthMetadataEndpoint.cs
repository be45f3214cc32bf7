using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.DescribeServer;

internal static class OAuthMetadataEndpoint
{
    public static void MapOAuthMetadata(this IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/oauth-authorization-server", Handle).Describe("How to log in here (RFC 8414)");

    private static Ok<Metadata> Handle(IOptions<OriginOptions> options, IOptions<AccountsOptions> accounts)
    {
        var origin = options.Value.Origin;
        return TypedResults.Ok(new Metadata(
            origin + "/",
            $"{origin}/api/docs",
            $"{origin}/oauth/authorize",
            $"{origin}/oauth/token",
            $"{origin}/api/v1/apps",
            $"{origin}/oauth/revoke",
            $"{origin}/oauth/userinfo",
            Scopes.All,
            ResponseTypesSupported: ["code"],
            ResponseModesSupported: ["query"],
            accounts.Value.PasswordGrant
                ? ["authorization_code", "client_credentials", "password"]
                : ["authorization_code", "client_credentials"],
            TokenEndpointAuthMethodsSupported: ["client_secret_basic", "client_secret_post"],
            CodeChallengeMethodsSupported: ["S256"]));
    }

    private sealed record Metadata(
        string Issuer,
        string ServiceDocumentation,
        string AuthorizationEndpoint,
        string TokenEndpoint,
        string AppRegistrationEndpoint,
        string RevocationEndpoint,
        string UserinfoEndpoint,
        IReadOnlyList<string> ScopesSupported,
        IReadOnlyList<string> ResponseTypesSupported,
        IReadOnlyList<string> ResponseModesSupported,
        IReadOnlyList<string> GrantTypesSupported,
        IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
        IReadOnlyList<string> CodeChallengeMethodsSupported);
}
