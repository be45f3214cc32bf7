using Microblog.Accounts.Pages;
using Microblog.Accounts.SignIn;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.Authorize;

internal static class AskConsentEndpoint
{
    public static void MapAskConsent(this IEndpointRouteBuilder app) =>
        app.MapGet("/oauth/authorize", Handle)
            .Describe("Log in and be asked for consent (HTML)", AuthorizationRequest.Fields);

    private static async Task<Results<HtmlPage, RedirectHttpResult>> Handle(
        AuthorizationRequest request,
        HttpContext http,
        AuthorizationCheck check,
        BrowserSessions sessions,
        CancellationToken cancellationToken)
    {
        var (app, answer) = await check.Find(request, cancellationToken);
        if (app is null)
            return answer!;

        var session = sessions.Open(http);
        var person = await check.PersonOf(session, cancellationToken);
        return person is null || request.IsLoginForced
            ? SignInPage.Show(sessions.FormToken(session), request.Address())
            : AuthorizePages.Consent(request, app, person, sessions.FormToken(session));
    }
}
