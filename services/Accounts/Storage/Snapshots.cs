using System.Globalization;
using System.Text.Json;
using Microblog.ClientEntities;
using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Accounts.Storage;

/// <summary>
/// Writes <see cref="AccountSnapshots"/>: profiles and the index of names. Each write may be repeated, and an old
/// profile never replaces a newer one. All methods throw <see cref="RedisAwayException"/>.
/// </summary>
internal sealed class Snapshots(RedisGateway redis)
{
    /// <summary>
    /// Present while names and revoked tokens are being written again; lost with the rest when Redis is emptied
    /// meanwhile.
    /// </summary>
    private const string RebuildingKey = "account-names:rebuilding";

    private const string NoFollows = "0 0";
    private const string NoPosts = "0 -";

    /// <summary>
    /// A new account, which nobody can have followed: without the zeros its owners would be asked for them.
    /// </summary>
    public Task WriteNew(AccountProfile profile) => redis.Run(database =>
    {
        var key = AccountSnapshots.Key(profile.AccountId);
        return Task.WhenAll(
            Write(database, profile),
            database.HashSetAsync(key, AccountSnapshots.Follows, NoFollows, When.NotExists),
            database.HashSetAsync(key, AccountSnapshots.Posts, NoPosts, When.NotExists));
    });

    /// <summary>The profiles, and their names.</summary>
    public Task Write(IReadOnlyCollection<AccountProfile> profiles) => redis.Run(database =>
        Task.WhenAll(profiles.Select(profile => Write(database, profile))));

    public Task WriteNames(IReadOnlyCollection<(long AccountId, string Username)> names) => redis.Run(database =>
        Task.WhenAll(names.Select(name => WriteName(database, name.AccountId, name.Username))));

    /// <summary>Whether Redis has every name and every revoked token.</summary>
    public Task<bool> AreComplete() => redis.Run(async database =>
        await database.KeyExistsAsync(AccountSnapshots.NamesCompleteKey)
        && await database.KeyExistsAsync(RevokedTokens.CompleteKey));

    public Task BeginRebuild() => redis.Run(database => database.StringSetAsync(RebuildingKey, "1"));

    /// <summary>Declares both complete. False when Redis was emptied since <see cref="BeginRebuild"/>.</summary>
    public Task<bool> EndRebuild() => redis.Run(async database =>
        await database.KeyDeleteAsync(RebuildingKey)
        && await database.StringSetAsync(RevokedTokens.CompleteKey, "1")
        && await database.StringSetAsync(AccountSnapshots.NamesCompleteKey, "1"));

    private static Task Write(IDatabase database, AccountProfile profile) => Task.WhenAll(
        AccountFields.Write(
            database,
            profile.AccountId,
            AccountSnapshots.Profile,
            JsonSerializer.SerializeToUtf8Bytes(profile),
            profile.Version),
        WriteName(database, profile.AccountId, profile.Username));

    private static Task<bool> WriteName(IDatabase database, long accountId, string username) => database.StringSetAsync(
        AccountSnapshots.NameKey(username),
        accountId.ToString(CultureInfo.InvariantCulture));
}
