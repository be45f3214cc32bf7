using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.RevokeToken;

internal static class RevokeTokenEndpoint
{
    public static void MapRevokeToken(this IEndpointRouteBuilder app) =>
        app.MapPost("/oauth/revoke", Handle).Describe(
            "End a token",
            [
                .. ClientCredentials.Fields,
                Field.Text("token"),
                Field.Text("token_type_hint", "Accepted; there is one type."),
            ]);

    private static async Task<Results<Ok<EmptyObject>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        HttpContext http,
        Clients clients,
        AccessTokens tokens,
        Revocations revocations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var app = await clients.Find(ClientCredentials.Read(http, fields), cancellationToken);
        if (app is null)
            return NotYours();

        // What is no token, or none any more, is as good as revoked (RFC 7009).
        if (fields.Text("token") is not { } token || tokens.Read(token, clock.GetUtcNow()) is not { } holder)
            return TypedResults.Ok(new EmptyObject());

        if (holder.ApplicationId != app.Id)
            return NotYours();

        await revocations.Revoke(holder.TokenId, cancellationToken);
        return TypedResults.Ok(new EmptyObject());
    }

    private static JsonHttpResult<ClientError> NotYours() => ClientErrors.With(
        StatusCodes.Status403Forbidden,
        "unauthorized_client",
        "You are not authorized to revoke this token");
}
