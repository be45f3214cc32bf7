using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Tests.IssueToken;

[Collection(RunningAccounts.Name)]
public sealed class IssueTokenTests(RunningAccounts accounts)
{
    [Fact]
    public async Task An_app_gets_a_token_of_its_own_with_json()
    {
        var app = await accounts.NewApp();

        using var answer = await accounts.Send(HttpMethod.Post, "/oauth/token", body: JsonContent.Create(new
        {
            grant_type = "client_credentials",
            client_id = app.ClientId,
            client_secret = app.ClientSecret,
        }));

        var token = await RunningAccounts.Json(answer);
        Assert.Equal("read", token.GetProperty("scope").GetString());
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        Assert.InRange(
            token.GetProperty("created_at").GetInt64(),
            TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeSeconds(),
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.Matches("^[A-Za-z0-9_-]{43,}$", token.GetProperty("access_token").GetString()!);
    }

    [Fact]
    public async Task An_app_may_show_its_secret_by_basic_authentication()
    {
        var app = await accounts.NewApp();
        using var client = accounts.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"{app.ClientId}:{app.ClientSecret}")));

        using var answer = await client.PostAsync(
            "/oauth/token",
            RunningAccounts.Form(("grant_type", "client_credentials"), ("scope", "write:statuses")));

        Assert.Equal("write:statuses", (await RunningAccounts.Json(answer)).GetProperty("scope").GetString());
    }

    [Fact]
    public async Task An_apps_own_token_is_nobodys()
    {
        var token = await accounts.AppToken(await accounts.NewApp());

        using var answer = await accounts.Get("/api/v1/accounts/verify_credentials", token);

        Assert.Equal("This method requires an authenticated user", await RunningAccounts.ErrorOf(answer, 422));
    }

    [Theory]
    [InlineData("username")]
    [InlineData("email")]
    public async Task A_person_gets_a_token_by_password_where_that_is_on(string by)
    {
        var person = await accounts.NewPerson();

        var login = by == "email" ? person.Email : person.Username.ToUpperInvariant();

        using var answer = await ByPassword(person.App, login);

        Assert.Equal("read write follow", (await RunningAccounts.Json(answer)).GetProperty("scope").GetString());
    }

    [Fact]
    public async Task A_wrong_password_is_an_invalid_grant()
    {
        var person = await accounts.NewPerson();

        using var wrong = await ByPassword(person.App, person.Username, "something else");
        using var unknown = await ByPassword(person.App, RunningAccounts.NewName("Nobody"));

        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(wrong, 400));
        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(unknown, 400));
    }

    [Fact]
    public async Task Where_the_password_grant_is_off_it_does_not_exist()
    {
        var service = await accounts.StartAnother(("Accounts:PasswordGrant", "false"));
        var person = await accounts.NewPerson();

        using var answer = await ByPassword(person, service);

        Assert.Equal("unsupported_grant_type", await RunningAccounts.ErrorOf(answer, 400));
    }

    [Fact]
    public async Task A_hash_of_lower_cost_is_made_anew_at_the_next_login()
    {
        var person = await accounts.NewPerson();
        var before = await HashOf(person);
        var service = await accounts.StartAnother(("Accounts:PasswordIterations", "2000"));

        using var answer = await ByPassword(person, service);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.NotEqual(before, await HashOf(person));
    }

    [Theory]
    [InlineData("client_credentials", "read admin:write", "invalid_scope")]
    [InlineData("client_credentials", "nonsense", "invalid_scope")]
    [InlineData("password", "admin:read", "invalid_scope")]
    [InlineData("refresh_token", "read", "unsupported_grant_type")]
    [InlineData("implicit", "read", "unsupported_grant_type")]
    [InlineData("", "read", "invalid_request")]
    public async Task What_cannot_be_granted_is_refused(string grant, string scope, string error)
    {
        var app = await accounts.NewApp();

        using var answer = await accounts.PostForm("/oauth/token", [
            ("grant_type", grant),
            ("client_id", app.ClientId),
            ("client_secret", app.ClientSecret),
            ("scope", scope),
        ]);

        Assert.Equal(error, await RunningAccounts.ErrorOf(answer, 400));
    }

    [Fact]
    public async Task A_wrong_secret_is_an_invalid_client()
    {
        var app = await accounts.NewApp();

        using var answer = await accounts.PostForm("/oauth/token", [
            ("grant_type", "client_credentials"),
            ("client_id", app.ClientId),
            ("client_secret", "wrong"),
        ]);

        Assert.Equal("invalid_client", await RunningAccounts.ErrorOf(answer, 401));
        Assert.Equal("Basic", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    private Task<HttpResponseMessage> ByPassword(
        TestApp app,
        string login,
        string password = RunningAccounts.Password) =>
        accounts.PostForm("/oauth/token", [
            ("grant_type", "password"),
            ("client_id", app.ClientId),
            ("client_secret", app.ClientSecret),
            ("username", login),
            ("password", password),
            ("scope", "read write follow"),
        ]);

    private Task<HttpResponseMessage> ByPassword(TestPerson person, WebApplicationFactory<Program> service) =>
        accounts.Send(HttpMethod.Post, "/oauth/token", of: service, body: RunningAccounts.Form(
            ("grant_type", "password"),
            ("client_id", person.App.ClientId),
            ("client_secret", person.App.ClientSecret),
            ("username", person.Username),
            ("password", RunningAccounts.Password)));

    private Task<string> HashOf(TestPerson person) => accounts.InDatabase(db =>
        db.Users.Where(user => user.Id == person.Id).Select(user => user.PasswordHash).SingleAsync());
}
