using System.Net;

namespace Microblog.Accounts.Tests.SignIn;

[Collection(RunningAccounts.Name)]
public sealed class SignInTests(RunningAccounts accounts) : IDisposable
{
    private readonly TestBrowser _browser = new(accounts);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task Name_and_address_in_any_case_log_in()
    {
        var person = await accounts.NewPerson();

        foreach (var login in new[] { person.Username.ToUpperInvariant(), person.Email.ToUpperInvariant() })
        {
            await _browser.Open("/auth/sign_in");
            var answer = await _browser.Submit(
                "/auth/sign_in",
                ("username", login),
                ("password", RunningAccounts.Password));
            Assert.Equal($"/@{person.Username}", answer.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        var person = await accounts.NewPerson();

        var wrong = await Try(person.Username, "not the password");
        var unknown = await Try(RunningAccounts.NewName("Nobody"), "not the password");

        Assert.Contains("role=\"alert\"", wrong);
        Assert.Contains("The name or the password is wrong.", wrong);
        Assert.Contains("The name or the password is wrong.", unknown);
    }

    [Fact]
    public async Task A_login_without_our_form_is_refused()
    {
        var person = await accounts.NewPerson();

        using var answer = await _browser.Forge(
            "/auth/sign_in",
            ("username", person.Username),
            ("password", RunningAccounts.Password));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/oauth/authorize?")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task A_login_never_leads_to_another_site(string returnTo)
    {
        var person = await accounts.NewPerson();
        await _browser.Open($"/auth/sign_in?return_to={Uri.EscapeDataString(returnTo)}");

        var answer = await _browser.Submit(
            "/auth/sign_in",
            ("return_to", returnTo),
            ("username", person.Username),
            ("password", RunningAccounts.Password));

        Assert.Equal($"/@{person.Username}", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_login_begins_a_new_session()
    {
        var person = await accounts.NewPerson();
        var before = await _browser.Open("/auth/sign_in");

        var after = await _browser.Submit(
            "/auth/sign_in",
            ("username", person.Username),
            ("password", RunningAccounts.Password));

        Assert.NotEqual(
            before.Headers.GetValues("Set-Cookie").Single().Split(';')[0],
            after.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    [Fact]
    public async Task Too_many_attempts_on_one_name_are_refused_on_the_page()
    {
        var service = await accounts.StartAnother(
            ("RateLimits:Enabled", "true"),
            ("RateLimits:Anonymous:LoginPerName:Permits", "2"));
        using var browser = new TestBrowser(accounts, service);
        var name = RunningAccounts.NewName("Guessed");

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await browser.Open("/auth/sign_in");
            await browser.Submit("/auth/sign_in", ("username", name), ("password", "a guess at it"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Answer.StatusCode);
        Assert.Contains("There were too many attempts.", browser.Page);
    }

    [Fact]
    public async Task Too_many_attempts_from_one_address_are_refused_whatever_the_name()
    {
        var service = await accounts.StartAnother(
            ("RateLimits:Enabled", "true"),
            ("RateLimits:Anonymous:Login:Permits", "2"));
        using var browser = new TestBrowser(accounts, service);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await browser.Open("/auth/sign_in");
            await browser.Submit(
                "/auth/sign_in", ("username", RunningAccounts.NewName("Guessed")), ("password", "a guess at it"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Answer.StatusCode);
    }

    private async Task<string> Try(string login, string password)
    {
        await _browser.Open("/auth/sign_in");
        var answer = await _browser.Submit("/auth/sign_in", ("username", login), ("password", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return _browser.Page;
    }
}
