namespace Microblog.Accounts.Tests.Authorize;

[Collection(RunningAccounts.Name)]
public sealed class PageSafetyTests(RunningAccounts accounts) : IDisposable
{
    private readonly TestBrowser _browser = new(accounts);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_script_in_an_apps_name_is_text()
    {
        var app = await accounts.NewApp(name: "<script>alert(1)</script>");
        var person = await accounts.NewPerson();

        await _browser.LogIn(AnAuthorization.AddressFor(app), person);

        Assert.DoesNotContain("<script", _browser.Page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", _browser.Page);
    }

    [Fact]
    public async Task Markup_in_a_parameter_is_text()
    {
        var app = await accounts.NewApp();

        await _browser.Open(AnAuthorization.AddressFor(app, ("state", "\"><img src=x onerror=alert(1)>")));

        Assert.DoesNotContain("<img", _browser.Page);
    }

    [Fact]
    public async Task Pages_are_not_framed_not_stored_and_run_nothing()
    {
        var app = await accounts.NewApp();

        var answer = await _browser.Open(AnAuthorization.AddressFor(app));

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("style-src 'sha256-", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task The_style_of_a_page_is_the_one_that_its_policy_allows()
    {
        var app = await accounts.NewApp();

        var answer = await _browser.Open(AnAuthorization.AddressFor(app));

        var start = _browser.Page.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length;
        var style = _browser.Page[start.._browser.Page.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"'sha256-{Convert.ToBase64String(hash)}'", policy);
    }

    // Browsers hold the redirection that answers a form against form-action.
    [Fact]
    public async Task The_consent_form_may_lead_to_the_app_and_nowhere_else()
    {
        var person = await accounts.NewPerson();

        await _browser.LogIn(AnAuthorization.AddressFor(person.App), person);

        var policy = _browser.Answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("form-action 'self' https://app.example:443;", policy);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_for_scripts_and_other_sites_forms()
    {
        var app = await accounts.NewApp();

        var answer = await _browser.Open(AnAuthorization.AddressFor(app));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_secure()
    {
        var service = await accounts.StartAnother(("Microblog:Origin", "https://microblog.test"));
        using var client = accounts.NewClient(service);

        using var answer = await client.GetAsync("/auth/sign_in");

        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-", cookie);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_field_has_a_label_and_the_page_a_language()
    {
        await _browser.Open("/auth/sign_up");

        foreach (var id in new[] { "username", "email", "password" })
        {
            Assert.Contains($"<label for=\"{id}\">", _browser.Page);
            Assert.Contains($"id=\"{id}\"", _browser.Page);
        }

        Assert.Contains("<html lang=\"en\">", _browser.Page);
        Assert.Contains("<title>", _browser.Page);
    }
}
