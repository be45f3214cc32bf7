using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.ShowCredentials;

internal static class ShowCredentialsEndpoint
{
    public static void MapShowCredentials(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/verify_credentials", Handle)
            .Describe("The caller's own account")
            .RequireScope("read:accounts", "profile");

    private static async Task<Results<Ok<CredentialAccount>, JsonHttpResult<ClientError>>> Handle(
        HttpContext http,
        Caller caller,
        AccountsDbContext db,
        Credentials credentials,
        CancellationToken cancellationToken)
    {
        var person = await db.Users.AsNoTracking()
            .SingleOrDefaultAsync(user => user.Id == caller.AccountId, cancellationToken);
        return person is null
            ? ClientErrors.NotFound()
            : TypedResults.Ok(await credentials.Of(person, http));
    }
}
