using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.EditProfile;

internal static class RemovePictureEndpoint
{
    public static void MapRemovePicture(this IEndpointRouteBuilder app)
    {
        app.MapDelete("/api/v1/profile/avatar", Handle).Describe("Remove one's avatar").RequireScope("write:accounts");
        app.MapDelete("/api/v1/profile/header", Handle).Describe("Remove one's header").RequireScope("write:accounts");
    }

    // There are no pictures yet, so that nobody has one to remove.
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
