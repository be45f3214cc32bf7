using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.IssueToken;

internal static class IssueTokenEndpoint
{
    public static void MapIssueToken(this IEndpointRouteBuilder app) =>
        app.MapPost("/oauth/token", Handle).Describe(
            "Exchange a code, an application's secret or, where that is switched on, a password for a token",
            [
                Field.Text("grant_type", "`authorization_code`, `client_credentials` or `password`."),
                .. ClientCredentials.Fields,
                Field.Text("code"),
                Field.Text("redirect_uri", "The one the code was asked with."),
                Field.Text("code_verifier", "PKCE."),
                Field.Text("username", "Or the e-mail address."),
                Field.Text("password"),
                Field.Text("scope", "Separated by blanks; `read` when absent."),
            ]);

    private static async Task<Results<Ok<GrantedToken>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        HttpContext http,
        Clients clients,
        CodeGrant codes,
        PasswordGrant passwords,
        TokenGrants tokens,
        IOptions<AccountsOptions> options,
        CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (fields.Text("grant_type") is not { Length: > 0 } grant)
            return OAuthErrors.Missing("grant_type");

        var app = await clients.Find(ClientCredentials.Read(http, fields), cancellationToken);
        if (app is null)
            return OAuthErrors.InvalidClient(http);

        if (grant == "authorization_code")
            return await codes.Exchange(app, fields, cancellationToken);

        var scopes = Scopes.Parse(fields.Text("scope"));
        if (!Scopes.Granted(app.Scopes.ToHashSet(), scopes))
            return OAuthErrors.InvalidScope();

        return grant switch
        {
            "client_credentials" => TypedResults.Ok(await tokens.Grant(app, user: null, scopes, cancellationToken)),
            "password" when options.Value.PasswordGrant =>
                await passwords.Exchange(app, scopes, fields, http, cancellationToken),
            _ => OAuthErrors.UnsupportedGrantType(),
        };
    }
}
