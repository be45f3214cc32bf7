using System.Globalization;
using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.ShowCredentials;

internal static class UserInfoEndpoint
{
    private static readonly string[] Methods = ["GET", "POST"];

    public static void MapUserInfo(this IEndpointRouteBuilder app) =>
        app.MapMethods("/oauth/userinfo", Methods, Handle)
            .Describe("Who the caller is, in OpenID Connect's words")
            .RequireScope("profile");

    private static async Task<Results<Ok<UserInfo>, JsonHttpResult<ClientError>>> Handle(
        Caller caller,
        AccountRenderer accounts,
        IOptions<OriginOptions> origin,
        CancellationToken cancellationToken) =>
        await accounts.Render([caller.AccountId], cancellationToken) is [var account]
            ? TypedResults.Ok(new UserInfo(
                origin.Value.Origin,
                caller.AccountId.ToString(CultureInfo.InvariantCulture),
                account.DisplayName,
                account.Username,
                account.Url,
                account.Avatar))
            : ClientErrors.NotFound();

    private sealed record UserInfo(
        string Iss,
        string Sub,
        string Name,
        string PreferredUsername,
        string Profile,
        string Picture);
}
