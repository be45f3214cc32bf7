using Microblog.Accounts.Authorize;
using Microblog.Accounts.Pages;

namespace Microblog.Accounts.SignIn;

internal static class SignInPage
{
    public const string Username = "username";
    public const string Password = "password";

    /// <param name="returnTo">The address that goes on with the authorization.</param>
    /// <param name="login">
    /// What was typed before, when <paramref name="complaint"/> says what was wrong with it.
    /// </param>
    public static HtmlPage Show(
        string formToken,
        string? returnTo,
        string? login = null,
        string? complaint = null,
        int status = StatusCodes.Status200OK) => new(
        "Log in",
        Html.Of(
            $"""
            {(complaint is null ? Html.Empty : Form.Alert(complaint))}
            <form method="post" action="/auth/sign_in">
            {Form.Hidden(Form.Token, formToken)}
            {Form.Hidden(Form.ReturnTo, returnTo)}
            <label for="username">E-mail address or username</label>
            <input type="text" id="username" name="{Username}" value="{login}" autocomplete="username"
             autocapitalize="none" spellcheck="false" required>
            <label for="password">Password</label>
            <input type="password" id="password" name="{Password}" autocomplete="current-password" required>
            <button>Log in</button>
            </form>
            <p>New here? <a href="{SignUpAddress(returnTo)}">Create an account</a>.</p>
            """),
        status);

    private static string SignUpAddress(string? returnTo) =>
        RedirectAddress.With("/auth/sign_up", (Form.ReturnTo, returnTo));
}
