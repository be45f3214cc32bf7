using Microblog.Accounts.Pages;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.SignIn;

internal static class SignInEndpoint
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/auth/sign_in", Show).Describe("Log in (HTML)", Field.Text(Form.ReturnTo));
        app.MapPost("/auth/sign_in", Handle).Describe(
            "Log in (from our own form only)",
            Field.Text(SignInPage.Username),
            Field.Text(SignInPage.Password),
            Field.Text(Form.ReturnTo),
            Field.Text(Form.Token));
    }

    private static HtmlPage Show(RequestFields fields, HttpContext http, BrowserSessions sessions) =>
        SignInPage.Show(sessions.FormToken(sessions.Open(http)), Form.LocalAddress(fields.Text(Form.ReturnTo)));

    private static async Task<Results<HtmlPage, RedirectHttpResult>> Handle(
        RequestFields fields,
        HttpContext http,
        BrowserSessions sessions,
        LoginLimits limits,
        Logins logins,
        AccountsMetrics metrics,
        CancellationToken cancellationToken)
    {
        var session = sessions.Open(http);
        var login = fields.Text(SignInPage.Username) ?? "";
        if (!sessions.IsOurForm(session, fields.Text(Form.Token)))
            return Again("The form was open for too long, or cookies are switched off. Please try again.", 403);

        try
        {
            await limits.Spend(http, login);
        }
        catch (ClientException refusal)
        {
            return Again("There were too many attempts. Please wait a few minutes.", refusal.Status);
        }

        var person = await logins.Find(login, fields.Text(SignInPage.Password) ?? "", cancellationToken);
        metrics.LoginTried(isAccepted: person is not null);
        if (person is null)
            return Again("The name or the password is wrong.", StatusCodes.Status422UnprocessableEntity);

        sessions.SignIn(http, person.Id);
        return TypedResults.Redirect(Form.LocalAddress(fields.Text(Form.ReturnTo)) ?? $"/@{person.Username}");

        HtmlPage Again(string complaint, int status) => SignInPage.Show(
            sessions.FormToken(session),
            Form.LocalAddress(fields.Text(Form.ReturnTo)),
            login,
            complaint,
            status);
    }
}
