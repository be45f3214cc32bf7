using System.Net;
using Microblog.Accounts.Tests.Authorize;

namespace Microblog.Accounts.Tests.SignUp;

[Collection(RunningAccounts.Name)]
public sealed class SignUpPageTests(RunningAccounts accounts) : IDisposable
{
    private readonly TestBrowser _browser = new(accounts);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task Who_is_new_goes_from_the_login_over_the_sign_up_to_the_consent()
    {
        var app = await accounts.NewApp();
        var name = RunningAccounts.NewName();
        await _browser.Open(AnAuthorization.AddressFor(app));
        var start = _browser.Page.IndexOf("/auth/sign_up?", StringComparison.Ordinal);
        var link = WebUtility.HtmlDecode(_browser.Page[start.._browser.Page.IndexOf('"', start)]);

        await _browser.Open(link);
        var answer = await _browser.Submit("/auth/sign_up", Typed(name));
        await _browser.Open(answer.Headers.Location!.OriginalString);

        Assert.Contains($"@{name}", _browser.Page);
        Assert.Contains("name=\"decision\"", _browser.Page);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_form_which_keeps_what_was_typed()
    {
        await _browser.Open("/auth/sign_up");

        var answer = await _browser.Submit(
            "/auth/sign_up",
            ("username", "not a name"),
            ("email", "someone@example.test"),
            ("password", "short"),
            ("agreement", "true"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("role=\"alert\"", _browser.Page);
        Assert.Contains("Password is too short", _browser.Page);
        Assert.Contains("value=\"someone@example.test\"", _browser.Page);
        Assert.DoesNotContain("value=\"short\"", _browser.Page);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_said()
    {
        var person = await accounts.NewPerson();
        await _browser.Open("/auth/sign_up");

        await _browser.Submit("/auth/sign_up", Typed(person.Username));

        Assert.Contains("has already been taken", _browser.Page);
    }

    [Fact]
    public async Task A_form_of_another_site_creates_nobody()
    {
        using var answer = await _browser.Forge("/auth/sign_up", Typed(RunningAccounts.NewName()));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static (string Name, string Value)[] Typed(string name) =>
    [
        ("username", name),
        ("email", $"{name}@example.test"),
        ("password", RunningAccounts.Password),
        ("agreement", "true"),
    ];
}
