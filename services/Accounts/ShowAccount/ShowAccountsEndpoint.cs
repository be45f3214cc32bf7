using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.ShowAccount;

internal static class ShowAccountsEndpoint
{
    /// <summary>More are refused, as clients know it.</summary>
    private const int AccountsMax = 40;

    public static void MapShowAccounts(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts", Handle)
            .Describe("Several accounts; unknown ids are left out", Field.Ids("id[]"))
            .AllowScope("read:accounts");

    private static async Task<Results<Ok<IReadOnlyList<Account>>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        AccountRenderer accounts,
        CancellationToken cancellationToken)
    {
        var ids = fields.Ids("id");
        return ids.Count > AccountsMax
            ? ClientErrors.Invalid($"Id has too many values (maximum is {AccountsMax})")
            : TypedResults.Ok(await accounts.Render(ids, cancellationToken));
    }
}
