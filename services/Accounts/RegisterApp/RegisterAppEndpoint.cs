using System.Globalization;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.RegisterApp;

internal static class RegisterAppEndpoint
{
    public static void MapRegisterApp(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/apps", Handle)
            .Describe("Register an application", RegisterAppRequest.Fields)
            .Validate<RegisterAppRequest>()
            .Limited(RateLimits.AppRegistration);

    private static async Task<Ok<CredentialApplication>> Handle(
        RegisterAppRequest request,
        AccountsDbContext db,
        IdSequence ids,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var secret = Secrets.New();
        var app = new App
        {
            Id = ids.Next(),
            ClientId = Secrets.New(),
            ClientSecretHash = Secrets.Hash(secret),
            Name = request.ClientName,
            Website = request.Website,
            RedirectUris = [.. request.RedirectUris],
            Scopes = [.. request.Scopes],
            CreatedAt = clock.GetUtcNow(),
        };
        db.Apps.Add(app);
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(new CredentialApplication(
            app.Id.ToString(CultureInfo.InvariantCulture),
            app.Name,
            app.Website,
            app.Scopes,
            string.Join('\n', app.RedirectUris),
            app.RedirectUris,
            app.ClientId,
            secret,
            ClientSecretExpiresAt: 0,
            VapidKey: ""));
    }
}
