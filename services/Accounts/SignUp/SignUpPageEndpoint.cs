using FluentValidation;
using Microblog.Accounts.Pages;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.SignUp;

internal static class SignUpPageEndpoint
{
    public static void MapSignUpPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/auth/sign_up", Ask).Describe("Create an account (HTML)", Field.Text(Form.ReturnTo));
        app.MapPost("/auth/sign_up", Handle)
            .Describe("Create an account (from our own form only)", SignUpRequest.PageFields)
            .Limited(RateLimits.SignUp);
    }

    private static HtmlPage Ask(
        RequestFields fields,
        HttpContext http,
        BrowserSessions sessions,
        IOptions<AccountsOptions> options) => options.Value.SignUpOpen
            ? SignUpPage.Show(sessions.FormToken(sessions.Open(http)), Form.LocalAddress(fields.Text(Form.ReturnTo)))
            : SignUpPage.Closed();

    private static async Task<Results<HtmlPage, RedirectHttpResult>> Handle(
        SignUpRequest request,
        RequestFields fields,
        HttpContext http,
        BrowserSessions sessions,
        IValidator<SignUpRequest> validator,
        SignUps signUps,
        IOptions<AccountsOptions> options,
        AccountsMetrics metrics,
        CancellationToken cancellationToken)
    {
        if (!options.Value.SignUpOpen)
            return SignUpPage.Closed();

        var session = sessions.Open(http);
        if (!sessions.IsOurForm(session, fields.Text(Form.Token)))
            return Again(StatusCodes.Status403Forbidden, "The form was open for too long. Please try again.");

        var result = await validator.ValidateAsync(request, cancellationToken);
        string[] complaints = [.. result.Errors.Select(error => error.ErrorMessage)];
        if (complaints.Length > 0)
            return Again(StatusCodes.Status422UnprocessableEntity, complaints);

        var (person, taken) = await signUps.Create(request, cancellationToken);
        if (person is null)
            return Again(StatusCodes.Status422UnprocessableEntity, SignUpPage.TakenSentence(taken!));

        metrics.SignedUp();
        sessions.SignIn(http, person.Id);
        return TypedResults.Redirect(Form.LocalAddress(fields.Text(Form.ReturnTo)) ?? $"/@{person.Username}");

        HtmlPage Again(int status, params string[] sentences) => SignUpPage.Show(
            sessions.FormToken(session),
            Form.LocalAddress(fields.Text(Form.ReturnTo)),
            request,
            sentences,
            status);
    }
}
