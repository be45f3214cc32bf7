using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.ShowAccount;

internal static class ShowAccountEndpoint
{
    public static void MapShowAccount(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/{id}", Handle).Describe("An account").AllowScope("read:accounts");

    private static async Task<Results<Ok<Account>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        AccountRenderer accounts,
        CancellationToken cancellationToken) =>
        await accounts.Render([id], cancellationToken) is [var account]
            ? TypedResults.Ok(account)
            : ClientErrors.NotFound();
}
