using Microblog.Accounts.Pages;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.SignIn;

internal static class SignOutEndpoint
{
    public static void MapSignOut(this IEndpointRouteBuilder app) =>
        app.MapPost("/auth/sign_out", Handle).Describe(
            "Log the browser out (from our own form only)",
            Field.Text(Form.ReturnTo),
            Field.Text(Form.Token));

    private static RedirectHttpResult Handle(RequestFields fields, HttpContext http, BrowserSessions sessions)
    {
        if (sessions.IsOurForm(sessions.Open(http), fields.Text(Form.Token)))
            sessions.SignOut(http);
        return TypedResults.Redirect(Form.LocalAddress(fields.Text(Form.ReturnTo)) ?? "/auth/sign_in");
    }
}
