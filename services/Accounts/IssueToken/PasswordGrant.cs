using Microblog.Accounts.SignIn;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.IssueToken;

/// <summary>A token for name and password, for command-line clients that know no browser.</summary>
internal sealed class PasswordGrant(Logins logins, LoginLimits limits, TokenGrants tokens, AccountsMetrics metrics)
{
    public async Task<Results<Ok<GrantedToken>, JsonHttpResult<ClientError>>> Exchange(
        App app,
        IReadOnlySet<string> scopes,
        RequestFields fields,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (fields.Text("username") is not { Length: > 0 } login)
            return OAuthErrors.Missing("username");
        if (fields.Text("password") is not { Length: > 0 } password)
            return OAuthErrors.Missing("password");

        await limits.Spend(http, login);
        var person = await logins.Find(login, password, cancellationToken);
        metrics.LoginTried(isAccepted: person is not null);
        if (person is null)
            return OAuthErrors.InvalidGrant();

        return TypedResults.Ok(await tokens.Grant(app, person, scopes, cancellationToken));
    }
}
