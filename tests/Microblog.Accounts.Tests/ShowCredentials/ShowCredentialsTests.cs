using System.Globalization;

namespace Microblog.Accounts.Tests.ShowCredentials;

[Collection(RunningAccounts.Name)]
public sealed class ShowCredentialsTests(RunningAccounts accounts)
{
    [Fact]
    public async Task People_see_their_own_account_with_source_and_role()
    {
        var person = await accounts.NewPerson();

        var own = await RunningAccounts.Json(
            await accounts.Get("/api/v1/accounts/verify_credentials", person.Token));

        Assert.Equal(person.Username, own.GetProperty("acct").GetString());
        Assert.Equal("public", own.GetProperty("source").GetProperty("privacy").GetString());
        Assert.Equal(0, own.GetProperty("source").GetProperty("follow_requests_count").GetInt32());
        Assert.Equal("-99", own.GetProperty("role").GetProperty("id").GetString());
        Assert.DoesNotContain(person.Email, own.GetRawText());
    }

    [Fact]
    public async Task Everything_that_others_see_is_in_ones_own_account()
    {
        var person = await accounts.NewPerson();

        var own = await RunningAccounts.Json(
            await accounts.Get("/api/v1/accounts/verify_credentials", person.Token));
        var seen = await RunningAccounts.Json(await accounts.Get($"/api/v1/accounts/{person.Id}"));

        foreach (var field in seen.EnumerateObject())
            Assert.Equal(field.Value.GetRawText(), own.GetProperty(field.Name).GetRawText());
    }

    [Fact]
    public async Task The_scope_profile_is_enough_and_writing_is_not()
    {
        var app = await accounts.NewApp("profile write:accounts");
        var person = await accounts.NewPerson(app: app);
        var writer = await ByPassword(person, "write:accounts");
        var profile = await ByPassword(person, "profile");

        using var allowed = await accounts.Get("/api/v1/accounts/verify_credentials", profile);
        using var refused = await accounts.Get("/api/v1/accounts/verify_credentials", writer);

        Assert.True(allowed.IsSuccessStatusCode);
        Assert.Equal("This action is outside the authorized scopes", await RunningAccounts.ErrorOf(refused, 403));
    }

    [Fact]
    public async Task Userinfo_says_who_it_is()
    {
        var person = await accounts.NewPerson();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var claims = await RunningAccounts.Json(await accounts.Send(method, "/oauth/userinfo", person.Token));
            Assert.Equal(person.Id.ToString(CultureInfo.InvariantCulture), claims.GetProperty("sub").GetString());
            Assert.Equal(person.Username, claims.GetProperty("preferred_username").GetString());
            Assert.Equal(RunningAccounts.Origin, claims.GetProperty("iss").GetString());
        }
    }

    [Fact]
    public async Task Preferences_are_the_settings_under_their_old_names()
    {
        var person = await accounts.NewPerson();
        using var edit = await accounts.Send(
            HttpMethod.Patch,
            "/api/v1/accounts/update_credentials",
            person.Token,
            RunningAccounts.Form(("source[privacy]", "private")));

        var preferences = await RunningAccounts.Json(await accounts.Get("/api/v1/preferences", person.Token));

        Assert.Equal("private", preferences.GetProperty("posting:default:visibility").GetString());
        Assert.Equal("null", preferences.GetProperty("posting:default:language").GetRawText());
        Assert.Equal("default", preferences.GetProperty("reading:expand:media").GetString());
        Assert.Equal(5, preferences.EnumerateObject().Count());
    }

    private async Task<string> ByPassword(TestPerson person, string scope)
    {
        using var answer = await accounts.PostForm("/oauth/token", [
            ("grant_type", "password"),
            ("client_id", person.App.ClientId),
            ("client_secret", person.App.ClientSecret),
            ("username", person.Username),
            ("password", RunningAccounts.Password),
            ("scope", scope),
        ]);
        return (await RunningAccounts.Json(answer)).GetProperty("access_token").GetString()!;
    }
}
