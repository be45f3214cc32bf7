using System.Text.Json;
using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;

namespace Microblog.Accounts.Tests.KeepSnapshots;

[Collection(RunningAccounts.Name)]
public sealed class KeepSnapshotsTests(RunningAccounts accounts)
{
    [Theory]
    [InlineData(AccountSnapshots.NamesCompleteKey)]
    [InlineData(RevokedTokens.CompleteKey)]
    public async Task An_index_that_redis_has_lost_comes_back_with_the_revoked_tokens(string completeKey)
    {
        var person = await accounts.NewPerson();
        var other = await accounts.NewPerson();
        using var revoked = await accounts.PostForm("/oauth/revoke", [
            ("client_id", other.App.ClientId),
            ("client_secret", other.App.ClientSecret),
            ("token", other.Token),
        ]);
        await Eventually.Is(() => IsThere(completeKey));

        await accounts.Redis.Run(database => Task.WhenAll(
            database.KeyDeleteAsync(AccountSnapshots.NameKey(person.Username)),
            database.KeyDeleteAsync(RevokedTokens.Key),
            database.KeyDeleteAsync(completeKey)));

        await Eventually.Is(() => IsThere(completeKey));
        Assert.True(await IsThere(AccountSnapshots.NameKey(person.Username)));
        Assert.True(await IsThere(RevokedTokens.Key));
    }

    [Fact]
    public async Task A_profile_that_a_crash_kept_from_redis_is_written_when_its_message_arrives()
    {
        var person = await accounts.NewPerson();
        await Tell(ProfileOf(person, "Changed", version: 7));

        await Eventually.Is(async () => (await Shown(person))?.DisplayName == "Changed");
    }

    [Fact]
    public async Task Changes_that_arrive_twice_or_late_leave_the_newest_profile()
    {
        var person = await accounts.NewPerson();
        var newest = ProfileOf(person, "Newest", version: 9);
        var older = ProfileOf(person, "Older", version: 8);

        foreach (var profile in new[] { newest, older, newest, older })
            await Tell(profile);

        // The fence went through the same queue; one message is handled at most a few behind another.
        var fence = await accounts.NewPerson();
        await Tell(ProfileOf(fence, "Fence", version: 2));
        await Eventually.Is(async () => (await Shown(fence))?.DisplayName == "Fence");
        await Eventually.Is(async () => (await Shown(person))?.DisplayName == "Newest");
    }

    private static AccountProfile ProfileOf(TestPerson person, string displayName, long version) => new(
        person.Id,
        person.Username,
        displayName,
        Note: "",
        Fields: [],
        Locked: false,
        Bot: false,
        Discoverable: true,
        TimeProvider.System.GetUtcNow(),
        version);

    private Task Tell(AccountProfile profile) =>
        accounts.Publisher.Publish(new ProfileChanged(profile), CancellationToken.None);

    private Task<bool> IsThere(string key) => accounts.Redis.Run(database => database.KeyExistsAsync(key));

    private async Task<AccountProfile?> Shown(TestPerson person)
    {
        var json = await accounts.Redis.Run(database =>
            database.HashGetAsync(AccountSnapshots.Key(person.Id), AccountSnapshots.Profile));
        return json.IsNull ? null : JsonSerializer.Deserialize<AccountProfile>((string)json);
    }
}
