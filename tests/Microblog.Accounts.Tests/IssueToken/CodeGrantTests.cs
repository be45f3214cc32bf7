using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microblog.Accounts.Tests.Authorize;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Tests.IssueToken;

[Collection(RunningAccounts.Name)]
public sealed class CodeGrantTests(RunningAccounts accounts)
{
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-x";

    [Fact]
    public async Task A_code_becomes_a_token_with_the_scopes_that_were_consented_to()
    {
        var person = await accounts.NewPerson();
        var code = await AnAuthorization.Code(accounts, person, person.App, ("scope", "read:accounts write"));

        using var answer = await Exchange(person.App, code);

        var token = await RunningAccounts.Json(answer);
        Assert.Equal("read:accounts write", token.GetProperty("scope").GetString());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var own = await RunningAccounts.Json(await accounts.Get("/api/v1/accounts/verify_credentials", TokenIn(token)));
        Assert.Equal(person.Username, own.GetProperty("username").GetString());
    }

    [Fact]
    public async Task The_code_itself_is_not_stored()
    {
        var person = await accounts.NewPerson();
        var code = await AnAuthorization.Code(accounts, person, person.App);

        var hashes = await accounts.InDatabase(db =>
            db.AuthorizationCodes.Where(row => row.UserId == person.Id).Select(row => row.CodeHash).ToListAsync());

        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(code)), hashes.Single());
    }

    [Fact]
    public async Task A_code_used_twice_ends_the_token_it_gave()
    {
        var person = await accounts.NewPerson();
        var code = await AnAuthorization.Code(accounts, person, person.App);
        using var first = await Exchange(person.App, code);
        var token = TokenIn(await RunningAccounts.Json(first));

        using var second = await Exchange(person.App, code);

        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(second, 400));
        using var refused = await accounts.Get("/api/v1/accounts/verify_credentials", token);
        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(refused, 401));
    }

    [Fact]
    public async Task Of_two_who_come_with_a_code_at_once_at_most_one_gets_a_token()
    {
        var person = await accounts.NewPerson();
        var code = await AnAuthorization.Code(accounts, person, person.App);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Exchange(person.App, code)));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.Equal(3, answers.Count(answer => (int)answer.StatusCode == 400));
    }

    [Fact]
    public async Task A_code_of_another_app_is_worth_nothing_and_stays_good()
    {
        var person = await accounts.NewPerson();
        var other = await accounts.NewApp();
        var code = await AnAuthorization.Code(accounts, person, person.App);

        using var stolen = await Exchange(other, code);
        using var rightful = await Exchange(person.App, code);

        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(stolen, 400));
        Assert.True(rightful.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_address_must_be_the_one_the_code_was_asked_with()
    {
        var person = await accounts.NewPerson();
        var code = await AnAuthorization.Code(accounts, person, person.App);

        using var answer = await Exchange(person.App, code, ("redirect_uri", "https://app.example/other"));

        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(answer, 400));
    }

    [Fact]
    public async Task An_old_code_is_refused()
    {
        var person = await accounts.NewPerson();
        var code = await AnAuthorization.Code(accounts, person, person.App);
        var longAgo = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await accounts.InDatabase(db => db.AuthorizationCodes.Where(row => row.UserId == person.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(old => old.ExpiresAt, longAgo)));

        using var answer = await Exchange(person.App, code);

        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(answer, 400));
    }

    [Fact]
    public async Task A_challenged_code_needs_its_verifier()
    {
        var person = await accounts.NewPerson();
        var challenge = AnAuthorization.ChallengeOf(Verifier);
        var code = await AnAuthorization.Code(
            accounts,
            person,
            person.App,
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"));

        using var missing = await Exchange(person.App, code);
        using var wrong = await Exchange(person.App, code, ("code_verifier", Verifier + "y"));
        using var plain = await Exchange(person.App, code, ("code_verifier", challenge));
        using var right = await Exchange(person.App, code, ("code_verifier", Verifier));

        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(missing, 400));
        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(wrong, 400));
        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(plain, 400));
        Assert.True(right.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_verifier_without_a_challenge_is_refused()
    {
        var person = await accounts.NewPerson();
        var code = await AnAuthorization.Code(accounts, person, person.App);

        using var answer = await Exchange(person.App, code, ("code_verifier", Verifier));

        Assert.Equal("invalid_grant", await RunningAccounts.ErrorOf(answer, 400));
    }

    [Theory]
    [InlineData("code")]
    [InlineData("redirect_uri")]
    public async Task A_missing_parameter_is_named(string name)
    {
        var app = await accounts.NewApp();

        using var answer = await Exchange(app, "x", (name, ""));

        Assert.Equal("invalid_request", await RunningAccounts.ErrorOf(answer, 400));
    }

    private Task<HttpResponseMessage> Exchange(TestApp app, string code, params (string Name, string Value)[] others) =>
        accounts.PostForm("/oauth/token", [
            ("grant_type", "authorization_code"),
            ("client_id", app.ClientId),
            ("client_secret", app.ClientSecret),
            ("redirect_uri", app.RedirectUri),
            ("code", code),
            .. others,
        ]);

    private static string TokenIn(JsonElement answer) => answer.GetProperty("access_token").GetString()!;
}
