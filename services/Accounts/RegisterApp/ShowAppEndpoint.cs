using System.Globalization;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.RegisterApp;

internal static class ShowAppEndpoint
{
    public static void MapShowApp(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/apps/verify_credentials", Handle)
            .Describe("The application that the token belongs to")
            .RequireAppOrUser();

    private static async Task<Results<Ok<Application>, JsonHttpResult<ClientError>>> Handle(
        Caller caller,
        AccountsDbContext db,
        CancellationToken cancellationToken)
    {
        var app = await db.Apps.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == caller.ApplicationId, cancellationToken);
        if (app is null)
            return ClientErrors.NotFound();

        return TypedResults.Ok(new Application(
            app.Id.ToString(CultureInfo.InvariantCulture),
            app.Name,
            app.Website,
            app.Scopes,
            app.RedirectUris,
            string.Join('\n', app.RedirectUris),
            VapidKey: ""));
    }

    private sealed record Application(
        string Id,
        string Name,
        string? Website,
        IReadOnlyList<string> Scopes,
        IReadOnlyList<string> RedirectUris,
        string RedirectUri,
        string VapidKey);
}
