using System.Net;

namespace Microblog.Accounts.Tests.Authorize;

[Collection(RunningAccounts.Name)]
public sealed class AuthorizeTests(RunningAccounts accounts) : IDisposable
{
    private readonly TestBrowser _browser = new(accounts);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_person_logs_in_allows_and_is_sent_back_with_a_code_and_the_state()
    {
        var person = await accounts.NewPerson();

        await _browser.LogIn(AnAuthorization.AddressFor(person.App), person);
        var answer = await _browser.Submit("/oauth/authorize", ("decision", "allow"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("https://app.example/callback?code=", answer.Headers.Location!.OriginalString);
        Assert.Equal("a state & more", _browser.Redirected("state"));
        Assert.Equal(43, _browser.Redirected("code")!.Length);
    }

    [Fact]
    public async Task The_consent_page_names_the_app_the_person_and_the_scopes_in_words()
    {
        var app = await accounts.NewApp("read:statuses write:follows", name: "Named App");
        var person = await accounts.NewPerson();

        await _browser.LogIn(AnAuthorization.AddressFor(app), person);

        Assert.Contains("Named App", _browser.Page);
        Assert.Contains($"@{person.Username}", _browser.Page);
        Assert.Contains("read the posts you can read", _browser.Page);
        Assert.Contains("follow and unfollow people", _browser.Page);
    }

    [Fact]
    public async Task Consent_is_asked_again_each_time()
    {
        var person = await accounts.NewPerson();
        await _browser.LogIn(AnAuthorization.AddressFor(person.App), person);
        await _browser.Submit("/oauth/authorize", ("decision", "allow"));

        await _browser.Open(AnAuthorization.AddressFor(person.App));

        Assert.Contains("name=\"decision\"", _browser.Page);
    }

    [Fact]
    public async Task Who_denies_is_sent_back_without_a_code()
    {
        var person = await accounts.NewPerson();
        await _browser.LogIn(AnAuthorization.AddressFor(person.App), person);

        await _browser.Submit("/oauth/authorize", ("decision", "deny"));

        Assert.Equal("access_denied", _browser.Redirected("error"));
        Assert.Equal("a state & more", _browser.Redirected("state"));
        Assert.Null(_browser.Redirected("code"));
    }

    [Fact]
    public async Task An_app_without_an_address_gets_its_code_by_hand()
    {
        var app = await accounts.NewApp(redirectUri: AnAuthorization.OutOfBand);
        var person = await accounts.NewPerson();
        await _browser.LogIn(AnAuthorization.AddressFor(app), person);
        var answer = await _browser.Submit("/oauth/authorize", ("decision", "allow"));

        Assert.StartsWith("/oauth/authorize/native?code=", answer.Headers.Location!.OriginalString);
        await _browser.Open(answer.Headers.Location.OriginalString);

        Assert.Contains("<code>", _browser.Page);
    }

    [Fact]
    public async Task The_page_for_codes_shows_nothing_else()
    {
        var answer = await _browser.Open("/oauth/authorize/native?code=Your%20account%20was%20hacked");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("hacked", _browser.Page);
    }

    [Fact]
    public async Task A_login_can_be_forced()
    {
        var person = await accounts.NewPerson();
        await _browser.LogIn(AnAuthorization.AddressFor(person.App), person);

        await _browser.Open(AnAuthorization.AddressFor(person.App, ("force_login", "true")));

        Assert.Contains("action=\"/auth/sign_in\"", _browser.Page);
        Assert.DoesNotContain("name=\"decision\"", _browser.Page);
    }

    [Fact]
    public async Task Another_account_can_be_used()
    {
        var alice = await accounts.NewPerson();
        var bob = await accounts.NewPerson();
        await _browser.LogIn(AnAuthorization.AddressFor(alice.App), alice);

        var answer = await _browser.Submit("/auth/sign_out");
        await _browser.LogIn(answer.Headers.Location!.OriginalString, bob);

        Assert.Contains($"@{bob.Username}", _browser.Page);
    }

    [Theory]
    [InlineData("client_id", "nobody")]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    [InlineData("redirect_uri", "https://app.example/callback/")]
    [InlineData("redirect_uri", "https://app.example/CALLBACK")]
    [InlineData("redirect_uri", "https://app.example/callback?x=1")]
    [InlineData("redirect_uri", "")]
    public async Task An_unknown_app_or_address_gets_a_page_and_never_a_redirection(string name, string value)
    {
        var app = await accounts.NewApp();

        var answer = await _browser.Open(AnAuthorization.AddressFor(app, (name, value)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.Contains("role=\"alert\"", _browser.Page);
    }

    [Theory]
    [InlineData("scope", "read write admin:write", "invalid_scope")]
    [InlineData("scope", "nonsense", "invalid_scope")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("code_challenge", "too-short", "invalid_request")]
    public async Task What_cannot_be_granted_is_told_to_the_app(string name, string value, string error)
    {
        var app = await accounts.NewApp();

        await _browser.Open(AnAuthorization.AddressFor(app, (name, value)));

        Assert.Equal(error, _browser.Redirected("error"));
        Assert.Equal("a state & more", _browser.Redirected("state"));
    }

    [Theory]
    [InlineData('x', 2_001)]
    [InlineData('[', 700)]
    public async Task A_state_that_fits_into_no_header_gets_a_page(char letter, int length)
    {
        var app = await accounts.NewApp();

        var answer = await _browser.Open(
            AnAuthorization.AddressFor(app, ("state", new string(letter, length)), ("response_type", "token")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task A_challenge_in_plain_text_is_refused()
    {
        var app = await accounts.NewApp();

        await _browser.Open(AnAuthorization.AddressFor(
            app,
            ("code_challenge", new string('x', 43)),
            ("code_challenge_method", "plain")));

        Assert.Equal("invalid_request", _browser.Redirected("error"));
    }

    [Fact]
    public async Task A_form_of_another_site_gets_no_code()
    {
        var person = await accounts.NewPerson();
        var address = AnAuthorization.AddressFor(person.App);
        await _browser.LogIn(address, person);
        var genuine = _browser.Hidden("/oauth/authorize").Where(field => field.Name != "form_token");

        var answer = await _browser.Forge("/oauth/authorize", [.. genuine, ("decision", "allow")]);

        Assert.StartsWith("/oauth/authorize?", answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain("code=", answer.Headers.Location.OriginalString.Replace("response_type=code", ""));
    }

    [Fact]
    public async Task The_form_token_of_another_browser_is_worth_nothing()
    {
        var victim = await accounts.NewPerson();
        var attacker = await accounts.NewPerson();
        using var attackersBrowser = new TestBrowser(accounts);
        await attackersBrowser.LogIn(AnAuthorization.AddressFor(attacker.App), attacker);
        await _browser.LogIn(AnAuthorization.AddressFor(attacker.App), victim);

        var answer = await _browser.Forge(
            "/oauth/authorize",
            [.. attackersBrowser.Hidden("/oauth/authorize"), ("decision", "allow")]);

        Assert.StartsWith("/oauth/authorize?", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Who_is_not_logged_in_cannot_allow_anything()
    {
        var app = await accounts.NewApp();

        var answer = await _browser.Forge("/oauth/authorize", [
            ("response_type", "code"),
            ("client_id", app.ClientId),
            ("redirect_uri", app.RedirectUri),
            ("decision", "allow"),
        ]);

        Assert.StartsWith("/oauth/authorize?", answer.Headers.Location!.OriginalString);
    }
}
