using System.Text.Json;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Accounts.Tests.KeepSnapshots;

[Collection(RunningAccounts.Name)]
public sealed class WithoutRedisTests(RunningAccounts accounts)
{
    [Fact]
    public async Task People_see_their_own_account_and_that_something_is_missing()
    {
        var person = await accounts.NewPerson();
        await using var cut = await accounts.StartWithoutRedis();

        using var answer = await accounts.Send(
            HttpMethod.Get, "/api/v1/accounts/verify_credentials", person.Token, of: cut);

        Assert.Equal(person.Username, (await RunningAccounts.Json(answer)).GetProperty("acct").GetString());
        Assert.Equal("redis", answer.Headers.GetValues("Microblog-Standby").Single());
    }

    [Fact]
    public async Task An_edit_is_kept_and_others_see_it_after_the_outage()
    {
        var person = await accounts.NewPerson();
        await using (var cut = await accounts.StartWithoutRedis())
        {
            using var answer = await accounts.Send(
                HttpMethod.Patch,
                "/api/v1/accounts/update_credentials",
                person.Token,
                RunningAccounts.Form(("display_name", "Edited")),
                cut);
            Assert.Equal("Edited", (await RunningAccounts.Json(answer)).GetProperty("display_name").GetString());
            Assert.Equal("redis", answer.Headers.GetValues("Microblog-Standby").Single());
        }

        await Eventually.Is(async () =>
        {
            var json = await accounts.Redis.Run(database =>
                database.HashGetAsync(AccountSnapshots.Key(person.Id), AccountSnapshots.Profile));
            return JsonSerializer.Deserialize<AccountProfile>((string)json)!.DisplayName == "Edited";
        });
    }

    [Fact]
    public async Task Accounts_are_found_and_answered_from_the_database()
    {
        var person = await accounts.NewPerson();
        await using var cut = await accounts.StartWithoutRedis();
        await using var scope = cut.Services.CreateAsyncScope();
        var profiles = scope.ServiceProvider.GetRequiredService<Profiles>();

        using var lookup = await accounts.Send(
            HttpMethod.Get, $"/api/v1/accounts/lookup?acct={person.Username}", of: cut);
        var byId = await profiles.ById([person.Id], CancellationToken.None);
        var byName = await profiles.ByName([person.Username.ToLowerInvariant()], CancellationToken.None);

        Assert.Equal(person.Username, (await RunningAccounts.Json(lookup)).GetProperty("acct").GetString());
        Assert.Equal(person.Username, Assert.Single(byId).Username);
        Assert.Equal(person.Id, Assert.Single(byName).AccountId);
    }

    [Fact]
    public async Task A_revocation_holds_at_once_and_is_remembered_after_the_outage()
    {
        var person = await accounts.NewPerson();
        await using (var cut = await accounts.StartWithoutRedis())
        {
            var form = RunningAccounts.Form(
                ("client_id", person.App.ClientId),
                ("client_secret", person.App.ClientSecret),
                ("token", person.Token));
            using var answer = await accounts.Send(HttpMethod.Post, "/oauth/revoke", body: form, of: cut);
            Assert.True(answer.IsSuccessStatusCode);
        }

        await Eventually.Is(async () =>
        {
            using var refused = await accounts.Get("/api/v1/accounts/verify_credentials", person.Token);
            return (int)refused.StatusCode == 401;
        });
        var later = await accounts.StartAnother();
        await Eventually.Is(async () =>
        {
            using var refused = await accounts.Send(
                HttpMethod.Get, "/api/v1/accounts/verify_credentials", person.Token, of: later);
            return (int)refused.StatusCode == 401;
        });
    }
}
