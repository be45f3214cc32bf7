using System.Globalization;
using System.Net;
using Microblog.Keyspaces;

namespace Microblog.Accounts.Tests.ShowAccount;

[Collection(RunningAccounts.Name)]
public sealed class ShowAccountTests(RunningAccounts accounts)
{
    [Fact]
    public async Task Anybody_sees_an_account()
    {
        var person = await accounts.NewPerson();

        var account = await RunningAccounts.Json(await accounts.Get($"/api/v1/accounts/{person.Id}"));

        Assert.Equal(person.Id.ToString(CultureInfo.InvariantCulture), account.GetProperty("id").GetString());
        Assert.Equal(person.Username, account.GetProperty("acct").GetString());
        Assert.Equal($"{RunningAccounts.Origin}/@{person.Username}", account.GetProperty("url").GetString());
        Assert.Equal(0, account.GetProperty("followers_count").GetInt64());
        Assert.Equal("null", account.GetProperty("last_status_at").GetRawText());
        Assert.EndsWith("T00:00:00.000Z", account.GetProperty("created_at").GetString());
        Assert.False(account.TryGetProperty("email", out _));
        Assert.False(account.TryGetProperty("source", out _));
    }

    [Fact]
    public async Task An_account_that_redis_has_lost_is_found_in_postgres_and_kept_again()
    {
        var person = await accounts.NewPerson();
        await accounts.Redis.Run(database => database.HashDeleteAsync(
            AccountSnapshots.Key(person.Id),
            AccountSnapshots.Profile));

        using var answer = await accounts.Get($"/api/v1/accounts/{person.Id}");

        Assert.True(answer.IsSuccessStatusCode);
        Assert.True(await accounts.Redis.Run(database => database.HashExistsAsync(
            AccountSnapshots.Key(person.Id),
            AccountSnapshots.Profile)));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("nonsense")]
    [InlineData("99999999999999999999999")]
    [InlineData("9223372036854775807")]
    public async Task An_id_that_is_nobodys_is_not_found(string id)
    {
        using var answer = await accounts.Get($"/api/v1/accounts/{id}");

        Assert.Equal("Record not found", await RunningAccounts.ErrorOf(answer, 404));
    }

    [Fact]
    public async Task A_bad_token_is_refused_even_where_none_is_needed()
    {
        var person = await accounts.NewPerson();

        using var answer = await accounts.Get($"/api/v1/accounts/{person.Id}", "nonsense");

        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(answer, 401));
    }

    [Fact]
    public async Task Several_accounts_come_in_the_order_asked_for_without_the_unknown()
    {
        var alice = await accounts.NewPerson();
        var bob = await accounts.NewPerson();

        var found = await RunningAccounts.Json(
            await accounts.Get($"/api/v1/accounts?id[]={bob.Id}&id[]=1&id[]={alice.Id}"));

        Assert.Equal(
            [bob.Username, alice.Username],
            found.EnumerateArray().Select(account => account.GetProperty("username").GetString()));
    }

    [Fact]
    public async Task More_than_forty_at_once_are_refused()
    {
        var ids = string.Join('&', Enumerable.Range(1, 41).Select(id => $"id[]={id}"));

        using var answer = await accounts.Get($"/api/v1/accounts?{ids}");

        Assert.Equal(
            "Validation failed: Id has too many values (maximum is 40)",
            await RunningAccounts.ErrorOf(answer, 422));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("@{0}")]
    [InlineData("{0}@microblog.test")]
    [InlineData("@{0}@microblog.test:80")]
    public async Task A_name_is_looked_up_in_every_way_it_is_written(string written)
    {
        var person = await accounts.NewPerson();
        var acct = string.Format(CultureInfo.InvariantCulture, written, person.Username.ToUpperInvariant());

        var account = await RunningAccounts.Json(
            await accounts.Get($"/api/v1/accounts/lookup?acct={Uri.EscapeDataString(acct)}"));

        Assert.Equal(person.Username, account.GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_name_that_redis_has_lost_is_looked_up_in_postgres()
    {
        var person = await accounts.NewPerson();
        await accounts.Redis.Run(database => database.KeyDeleteAsync(AccountSnapshots.NameKey(person.Username)));

        using var answer = await accounts.Get($"/api/v1/accounts/lookup?acct={person.Username}");

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_name_of_nobody_or_of_another_host_is_not_found()
    {
        var person = await accounts.NewPerson();

        using var nobody = await accounts.Get("/api/v1/accounts/lookup?acct=nobody_at_all");
        using var elsewhere = await accounts.Get($"/api/v1/accounts/lookup?acct={person.Username}@other.example");
        using var missing = await accounts.Get("/api/v1/accounts/lookup");

        Assert.Equal("Record not found", await RunningAccounts.ErrorOf(nobody, 404));
        Assert.Equal("Record not found", await RunningAccounts.ErrorOf(elsewhere, 404));
        Assert.Equal("param is missing or the value is empty: acct", await RunningAccounts.ErrorOf(missing, 400));
    }

    [Fact]
    public async Task A_persons_page_shows_name_and_note_as_text()
    {
        var person = await accounts.NewPerson();
        using var edit = await accounts.Send(
            HttpMethod.Patch,
            "/api/v1/accounts/update_credentials",
            person.Token,
            RunningAccounts.Form(("display_name", "<b>Bold</b>"), ("note", "<i>note</i>")));

        using var answer = await accounts.Get($"/@{person.Username}");

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("&lt;b&gt;Bold", page);
        Assert.DoesNotContain("<i>", page);
    }

    [Fact]
    public async Task A_page_of_nobody_is_not_found()
    {
        using var answer = await accounts.Get("/@nobody_at_all");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
