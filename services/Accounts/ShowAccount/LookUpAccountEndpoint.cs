using Microblog.Accounts.Storage;
using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.ShowAccount;

internal static class LookUpAccountEndpoint
{
    public static void MapLookUpAccount(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/lookup", Handle)
            .Describe("The account with a name", Field.Text("acct", "`bob`, `@bob` or `bob@host`."))
            .AllowScope("read:accounts");

    private static async Task<Results<Ok<Account>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        Names names,
        AccountRenderer accounts,
        CancellationToken cancellationToken)
    {
        if (fields.Text("acct") is not { Length: > 0 } acct)
            return ClientErrors.Missing("acct");

        return await names.Find(acct, cancellationToken) is { } id
            && await accounts.Render([id], cancellationToken) is [var account]
                ? TypedResults.Ok(account)
                : ClientErrors.NotFound();
    }
}
