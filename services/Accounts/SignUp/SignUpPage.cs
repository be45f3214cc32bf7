using Microblog.Accounts.Pages;
using Microblog.Accounts.Storage;

namespace Microblog.Accounts.SignUp;

internal static class SignUpPage
{
    /// <param name="typed">What was typed before, without the password.</param>
    public static HtmlPage Show(
        string formToken,
        string? returnTo,
        SignUpRequest? typed = null,
        IReadOnlyCollection<string>? complaints = null,
        int status = StatusCodes.Status200OK) => new(
        "Create an account",
        Html.Of(
            $"""
            {Form.Alert(complaints ?? [])}
            <form method="post" action="/auth/sign_up">
            {Form.Hidden(Form.Token, formToken)}
            {Form.Hidden(Form.ReturnTo, returnTo)}
            <label for="username">Username</label>
            <input type="text" id="username" name="username" value="{typed?.Username}" autocomplete="username"
             autocapitalize="none" spellcheck="false" aria-describedby="username-hint" required>
            <p class="hint" id="username-hint">{UsernameHint}</p>
            <label for="email">E-mail address</label>
            <input type="email" id="email" name="email" value="{typed?.Email}" autocomplete="email" required>
            <label for="password">Password</label>
            <input type="password" id="password" name="password" autocomplete="new-password"
             aria-describedby="password-hint" required>
            <p class="hint" id="password-hint">{PasswordHint}</p>
            <label class="beside"><input type="checkbox" name="agreement" value="true" required>
             I agree to follow the rules of this server.</label>
            <button>Create the account</button>
            </form>
            """),
        status);

    public static HtmlPage Closed() => new(
        "Create an account",
        Html.Of($"<p>This server does not accept new accounts at the moment.</p>"),
        StatusCodes.Status403Forbidden);

    public static string TakenSentence(string field) =>
        field == "username" ? "Username has already been taken" : "Email has already been taken";

    private static string UsernameHint =>
        $"Up to {SignUpValidator.UsernameCharactersMax} letters, digits and underscores.";

    private static string PasswordHint => $"At least {Passwords.CharactersMin} characters; a sentence is a good one.";
}
