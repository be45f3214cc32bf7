using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.SignUp;

internal static class SignUpEndpoint
{
    public static void MapSignUp(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts", Handle)
            .Describe("Sign up, with an application's own token", SignUpRequest.Fields)
            .RequireAppOrUser("write:accounts")
            .Limited(RateLimits.SignUp)
            .Validate<SignUpRequest>();

    private static async Task<Results<Ok<GrantedToken>, JsonHttpResult<ClientError>>> Handle(
        SignUpRequest request,
        Caller caller,
        AccountsDbContext db,
        SignUps signUps,
        TokenGrants tokens,
        IOptions<AccountsOptions> options,
        AccountsMetrics metrics,
        CancellationToken cancellationToken)
    {
        if (!options.Value.SignUpOpen)
            return ClientErrors.Forbidden();

        var app = await db.Apps.AsNoTracking().SingleAsync(row => row.Id == caller.ApplicationId, cancellationToken);
        var (person, taken) = await signUps.Create(request, cancellationToken);
        if (person is null)
            return Taken(taken!);

        metrics.SignedUp();
        return TypedResults.Ok(await tokens.Grant(app, person, app.Scopes, cancellationToken));
    }

    private static JsonHttpResult<ClientError> Taken(string field)
    {
        var sentence = SignUpPage.TakenSentence(field);
        return TypedResults.Json(
            new ClientError(
                $"Validation failed: {sentence}",
                Details: new Dictionary<string, IReadOnlyList<ClientErrorDetail>>
                {
                    [field] = [new("ERR_TAKEN", sentence)],
                }),
            statusCode: StatusCodes.Status422UnprocessableEntity);
    }
}
