using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Accounts.Tests.RevokeToken;

[Collection(RunningAccounts.Name)]
public sealed class RevokeTokenTests(RunningAccounts accounts)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_revoked_token_is_refused_at_once_and_elsewhere_within_a_second()
    {
        var other = await accounts.StartAnother();
        var person = await accounts.NewPerson();

        using var answer = await Revoke(person.App, person.Token);

        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
        using var here = await accounts.Get("/api/v1/accounts/verify_credentials", person.Token);
        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(here, 401));
        await Eventually.Is(
            async () =>
            {
                using var there = await accounts.Send(
                    HttpMethod.Get, "/api/v1/accounts/verify_credentials", person.Token, of: other);
                return (int)there.StatusCode == 401;
            },
            Second);
    }

    [Fact]
    public async Task A_process_that_starts_later_finds_the_revocation_in_redis()
    {
        var person = await accounts.NewPerson();
        using var answer = await Revoke(person.App, person.Token);

        var later = await accounts.StartAnother();

        using var refused = await accounts.Send(
            HttpMethod.Get, "/api/v1/accounts/verify_credentials", person.Token, of: later);
        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(refused, 401));
    }

    [Fact]
    public async Task A_revocation_heard_of_is_remembered_and_hearing_it_twice_changes_nothing()
    {
        var revoked = new TokenRevoked(
            TimeProvider.System.GetTimestamp(),
            TimeProvider.System.GetUtcNow().AddDays(1));

        await accounts.Publisher.Publish(revoked, CancellationToken.None);
        await accounts.Publisher.Publish(revoked, CancellationToken.None);

        await Eventually.Is(async () => await ScoreOf(revoked.TokenId) == revoked.ExpiresAt.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Revoking_twice_or_what_is_no_token_is_as_good_as_revoked()
    {
        var person = await accounts.NewPerson();
        using var first = await Revoke(person.App, person.Token);

        using var twice = await Revoke(person.App, person.Token);
        using var nonsense = await Revoke(person.App, "nonsense");

        Assert.Equal("{}", await twice.Content.ReadAsStringAsync());
        Assert.Equal("{}", await nonsense.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_token_of_another_app_is_not_ones_own_to_revoke()
    {
        var person = await accounts.NewPerson();
        var other = await accounts.NewApp();

        using var answer = await Revoke(other, person.Token);

        Assert.Equal("unauthorized_client", await RunningAccounts.ErrorOf(answer, 403));
        using var still = await accounts.Get("/api/v1/accounts/verify_credentials", person.Token);
        Assert.True(still.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_wrong_secret_revokes_nothing()
    {
        var person = await accounts.NewPerson();

        using var answer = await Revoke(person.App with { ClientSecret = "wrong" }, person.Token);

        Assert.Equal("unauthorized_client", await RunningAccounts.ErrorOf(answer, 403));
    }

    [Fact]
    public async Task A_truncated_or_expired_token_is_refused()
    {
        var person = await accounts.NewPerson();
        var tokens = accounts.Services.GetRequiredService<AccessTokens>();
        var longAgo = TimeProvider.System.GetUtcNow().AddDays(-4_000);
        var expired = tokens.Issue(tokens.Read(person.Token, TimeProvider.System.GetUtcNow())!, longAgo);

        foreach (var token in new[] { person.Token[..^5], person.Token[5..], expired, "x" })
        {
            using var answer = await accounts.Get("/api/v1/accounts/verify_credentials", token);
            Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(answer, 401));
        }
    }

    private Task<HttpResponseMessage> Revoke(TestApp app, string token) => accounts.PostForm("/oauth/revoke", [
        ("client_id", app.ClientId),
        ("client_secret", app.ClientSecret),
        ("token", token),
    ]);

    private Task<double?> ScoreOf(long tokenId) => accounts.Redis.Run(database =>
        database.SortedSetScoreAsync(RevokedTokens.Key, tokenId));
}
