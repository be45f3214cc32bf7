using Microblog.Accounts.Pages;
using Microblog.Accounts.Storage;

namespace Microblog.Accounts.Authorize;

internal static class AuthorizePages
{
    /// <summary>
    /// Asks the person; always shown, also when they agreed before: they may have meant another account.
    /// </summary>
    public static HtmlPage Consent(AuthorizationRequest request, App app, User person, string formToken) => new(
        $"Allow {app.Name} to use your account?",
        Html.Of(
            $"""
            <p>You are logged in as <strong>@{person.Username}</strong>.</p>
            <p><strong>{app.Name}</strong>{Website(app)} asks to:</p>
            <ul>
            {Html.Join(request.Scopes.Select(scope => Html.Of($"<li>{ScopeWords.Of(scope)}</li>")))}
            </ul>
            <p class="hint">{Destination(request)}</p>
            <form method="post" action="/oauth/authorize">
            {Html.Join(request.Parameters().Select(field => Form.Hidden(field.Name, field.Value)))}
            {Form.Hidden(Form.Token, formToken)}
            <button name="decision" value="allow">Allow</button>
            <button name="decision" value="deny" class="quiet">Deny</button>
            </form>
            <form method="post" action="/auth/sign_out">
            {Form.Hidden(Form.ReturnTo, request.Address())}
            {Form.Hidden(Form.Token, formToken)}
            <button class="quiet">Use another account</button>
            </form>
            """))
    {
        FormTarget = RedirectAddress.PolicySource(request.RedirectUri),
    };

    public static HtmlPage Code(string code) => new(
        "Your authorization code",
        Html.Of(
            $"""
            <p>Copy this code into the application that asked for it. It is good for a few minutes, and once.</p>
            <code>{code}</code>
            """));

    public static HtmlPage Error(string sentence) => new(
        "This does not work",
        Html.Of($"""{Form.Alert(sentence)}<p>Go back to the application and try again.</p>"""),
        StatusCodes.Status400BadRequest);

    private static Html Website(App app) => app.Website is null ? Html.Empty : Html.Of($" ({app.Website})");

    private static string Destination(AuthorizationRequest request) => request.IsOutOfBand
        ? "You will be shown a code to copy."
        : $"You will be sent to {new Uri(request.RedirectUri).GetLeftPart(UriPartial.Authority)}";
}
