using System.Net.Http.Json;
using Microblog.Keyspaces;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Tests.SignUp;

[Collection(RunningAccounts.Name)]
public sealed class SignUpTests(RunningAccounts accounts)
{
    [Fact]
    public async Task A_person_signs_up_and_can_use_the_token_at_once()
    {
        var app = await accounts.NewApp();
        var name = RunningAccounts.NewName();

        var answer = await accounts.SignUp(await accounts.AppToken(app), name, $"{name}@example.test");

        var token = await RunningAccounts.Json(answer);
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        Assert.Equal(app.Scopes, token.GetProperty("scope").GetString());
        Assert.False(token.TryGetProperty("expires_in", out _));
        var own = await RunningAccounts.Json(
            await accounts.Get("/api/v1/accounts/verify_credentials", token.GetProperty("access_token").GetString()));
        Assert.Equal(name, own.GetProperty("acct").GetString());
    }

    [Fact]
    public async Task The_new_persons_snapshot_and_name_are_in_redis_before_the_answer()
    {
        var person = await accounts.NewPerson();

        var (follows, posts, id) = await accounts.Redis.Run(async database => (
            await database.HashGetAsync(AccountSnapshots.Key(person.Id), AccountSnapshots.Follows),
            await database.HashGetAsync(AccountSnapshots.Key(person.Id), AccountSnapshots.Posts),
            await database.StringGetAsync(AccountSnapshots.NameKey(person.Username))));

        Assert.Equal("0 0", (string)follows);
        Assert.Equal("0 -", (string)posts);
        Assert.Equal(person.Id, (long)id);
    }

    [Fact]
    public async Task Names_that_differ_only_by_case_are_one_name()
    {
        var person = await accounts.NewPerson();

        var answer = await accounts.SignUp(
            await accounts.AppToken(person.App),
            person.Username.ToUpperInvariant(),
            $"{RunningAccounts.NewName()}@example.test");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(
            "Validation failed: Username has already been taken",
            await RunningAccounts.ErrorOf(answer, 422));
        Assert.Contains("\"details\":{\"username\":[{\"error\":\"ERR_TAKEN\"", text);
    }

    [Fact]
    public async Task An_address_is_taken_in_any_case()
    {
        var person = await accounts.NewPerson();

        var answer = await accounts.SignUp(
            await accounts.AppToken(person.App),
            RunningAccounts.NewName(),
            person.Email.ToUpperInvariant());

        Assert.Equal("Validation failed: Email has already been taken", await RunningAccounts.ErrorOf(answer, 422));
    }

    [Fact]
    public async Task Of_two_who_want_a_name_at_once_one_gets_it()
    {
        var token = await accounts.AppToken(await accounts.NewApp());
        var name = RunningAccounts.NewName();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            accounts.SignUp(token, name, $"{name}{i}@example.test")));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.Equal(3, answers.Count(answer => (int)answer.StatusCode == 422));
    }

    [Theory]
    [InlineData("", "Username can't be blank")]
    [InlineData("has space", "Username must contain only letters, numbers and underscores")]
    [InlineData("ümlaut", "Username must contain only letters, numbers and underscores")]
    [InlineData("<script>", "Username must contain only letters, numbers and underscores")]
    [InlineData("0123456789012345678901234567890", "Username is too long (maximum is 30 characters)")]
    [InlineData("Admin", "Username is reserved")]
    public async Task A_wrong_username_is_refused(string username, string error) =>
        await Refuses(username, "someone@example.test", RunningAccounts.Password, error);

    [Theory]
    [InlineData("", "Email can't be blank")]
    [InlineData("no-address", "Email is invalid")]
    [InlineData("two@at@example.test", "Email is invalid")]
    [InlineData("blank in@example.test", "Email is invalid")]
    public async Task A_wrong_address_is_refused(string email, string error) =>
        await Refuses(RunningAccounts.NewName(), email, RunningAccounts.Password, error);

    [Theory]
    [InlineData("", "Password can't be blank")]
    [InlineData("seven77", "Password is too short (minimum is 8 characters)")]
    [InlineData("Password123", "Password is one of the most common ones")]
    [InlineData("12345678", "Password is one of the most common ones")]
    public async Task A_bad_password_is_refused(string password, string error) =>
        await Refuses(RunningAccounts.NewName(), "someone@example.test", password, error);

    [Fact]
    public async Task A_password_that_is_too_long_or_the_name_is_refused()
    {
        var name = RunningAccounts.NewName();

        await Refuses(name, "a@example.test", new string('x', 257), "Password is too long (maximum is 256 characters)");
        await Refuses(name, "a@example.test", name, "Password is the name or the e-mail address");
    }

    [Fact]
    public async Task The_rules_must_be_agreed_to()
    {
        var token = await accounts.AppToken(await accounts.NewApp());

        var answer = await accounts.SignUp(
            token, RunningAccounts.NewName(), "a@example.test", agreement: false);

        Assert.Equal("Validation failed: Agreement must be accepted", await RunningAccounts.ErrorOf(answer, 422));
    }

    [Fact]
    public async Task Signing_up_needs_an_app_with_the_scope()
    {
        var app = await accounts.NewApp();
        var none = await accounts.Send(HttpMethod.Post, "/api/v1/accounts", body: JsonContent.Create(new { }));
        var narrow = await accounts.SignUp(await accounts.AppToken(app, "read"), "x", "x@example.test");

        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(none, 401));
        Assert.Equal("This action is outside the authorized scopes", await RunningAccounts.ErrorOf(narrow, 403));
    }

    [Fact]
    public async Task Sign_up_can_be_closed()
    {
        var service = await accounts.StartAnother(("Accounts:SignUpOpen", "false"));
        var token = await accounts.AppToken(await accounts.NewApp());
        var name = RunningAccounts.NewName();

        var answer = await accounts.Send(
            HttpMethod.Post,
            "/api/v1/accounts",
            token,
            JsonContent.Create(new
            {
                username = name,
                email = $"{name}@example.test",
                password = RunningAccounts.Password,
                agreement = true,
            }),
            service);

        Assert.Equal("This action is not allowed", await RunningAccounts.ErrorOf(answer, 403));
    }

    [Fact]
    public async Task The_password_is_stored_as_a_hash_only()
    {
        var person = await accounts.NewPerson();

        var user = await accounts.InDatabase(db => db.Users.SingleAsync(row => row.Id == person.Id));

        Assert.DoesNotContain(RunningAccounts.Password, user.PasswordHash);
        Assert.True(user.PasswordHash.Length > 80);
    }

    [Fact]
    public async Task A_refusal_stores_nothing_and_leaves_no_error_in_the_log()
    {
        var person = await accounts.NewPerson();
        var before = accounts.Log.Count;

        await accounts.SignUp(await accounts.AppToken(person.App), person.Username, "other@example.test");

        Assert.False(await accounts.InDatabase(db => db.Users.AnyAsync(user => user.Email == "other@example.test")));
        Assert.DoesNotContain(accounts.Log.Skip(before), entry => entry.Exception is not null);
    }

    private async Task Refuses(string username, string email, string password, string error)
    {
        var token = await accounts.AppToken(await accounts.NewApp());

        var answer = await accounts.SignUp(token, username, email, password);

        Assert.Equal($"Validation failed: {error}", await RunningAccounts.ErrorOf(answer, 422));
    }
}
