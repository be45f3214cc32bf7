using Microblog.Accounts.Pages;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.Authorize;

internal static class DecideEndpoint
{
    public static void MapDecide(this IEndpointRouteBuilder app) =>
        app.MapPost("/oauth/authorize", Handle).Describe(
            "Allow or deny what an application asks (from our own form only)",
            [.. AuthorizationRequest.Fields, Field.Text("decision", "`allow` or `deny`."), Field.Text(Form.Token)]);

    private static async Task<Results<HtmlPage, RedirectHttpResult>> Handle(
        AuthorizationRequest request,
        RequestFields fields,
        HttpContext http,
        AuthorizationCheck check,
        ConsentCodes codes,
        BrowserSessions sessions,
        CancellationToken cancellationToken)
    {
        var (app, answer) = await check.Find(request, cancellationToken);
        if (app is null)
            return answer!;

        // Another site can send this form, but not with a token of this browser's session.
        var session = sessions.Open(http);
        var person = await check.PersonOf(session, cancellationToken);
        if (person is null || !sessions.IsOurForm(session, fields.Text(Form.Token)))
            return TypedResults.Redirect(request.Address());

        if (fields.Text("decision") != "allow")
            return AuthorizationCheck.Refuse(request, "access_denied", "The person denied the request.");

        var code = await codes.Issue(request, app, person, cancellationToken);
        return TypedResults.Redirect(request.IsOutOfBand
            ? RedirectAddress.With("/oauth/authorize/native", ("code", code))
            : RedirectAddress.With(request.RedirectUri, ("code", code), ("state", request.State)));
    }
}
