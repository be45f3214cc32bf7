using System.Globalization;
using System.Text;
using System.Text.Json;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// Reads account snapshots (<see cref="AccountSnapshots"/>) in one round trip. What is missing there is asked of its
/// owner, who writes it again; counts that cannot be had are zero rather than an error, profiles that cannot be had
/// are. While Redis is away the owners are asked about whomever this process has not shown lately.
/// </summary>
public sealed class AccountDirectory(RedisGateway redis, AskedAccounts owners, RecentAccounts recent)
{
    private const int BytesPerCommand = 128;

    /// <summary>The accounts that exist; unknown ids are absent.</summary>
    /// <exception cref="RedisAwayException">Redis is away, and an owner did not answer.</exception>
    /// <exception cref="BrokerAwayException">A profile is missing and Accounts did not answer.</exception>
    public async Task<IReadOnlyDictionary<long, AccountSnapshot>> Find(
        IReadOnlyCollection<long> accountIds,
        CancellationToken cancellationToken)
    {
        var ids = accountIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Dictionary<long, AccountSnapshot>();

        return await Read(ids) is { } rows
            ? await Complete(rows, cancellationToken)
            : await WithoutRedis(ids, cancellationToken);
    }

    /// <summary>Null while Redis is away.</summary>
    private async Task<IReadOnlyList<Row>?> Read(long[] ids)
    {
        try
        {
            using var commands = new RawCommands(ids.Length * BytesPerCommand);
            foreach (var id in ids)
            {
                commands.Begin(5);
                commands.Word("HMGET"u8);
                commands.Word(AccountSnapshots.Key(id));
                commands.Word(AccountSnapshots.Profile);
                commands.Word(AccountSnapshots.Follows);
                commands.Word(AccountSnapshots.Posts);
            }

            using var answer = await redis.Ask(commands);
            return [.. ids.Select((id, i) => Row.Of(id, answer, i))];
        }
        catch (RedisAwayException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<long, AccountSnapshot>> WithoutRedis(
        long[] ids,
        CancellationToken cancellationToken)
    {
        var remembered = ids.Select(id => (Id: id, Account: recent.Find(id)))
            .Where(entry => entry.Account is not null)
            .ToDictionary(entry => entry.Id, entry => entry.Account!);
        try
        {
            Row[] unknown = [.. ids.Where(id => !remembered.ContainsKey(id)).Select(id => new Row(id))];
            return (await Complete(unknown, cancellationToken)).Concat(remembered).ToDictionary();
        }
        catch (BrokerAwayException away)
        {
            throw new RedisAwayException("Redis is away, and so is whoever else knows the accounts.", away);
        }
    }

    private async Task<IReadOnlyDictionary<long, AccountSnapshot>> Complete(
        IReadOnlyList<Row> rows,
        CancellationToken cancellationToken)
    {
        var profiles = await Profiles(rows, cancellationToken);
        var known = rows.Where(row => profiles.ContainsKey(row.AccountId)).ToArray();
        var askFollows = owners.Follows(
            [.. known.Where(row => row.Follows is null).Select(row => row.AccountId)], cancellationToken);
        var askPosts = owners.Posts(
            [.. known.Where(row => row.Posts is null).Select(row => row.AccountId)], cancellationToken);
        await Task.WhenAll(askFollows, askPosts);

        var follows = known.Select(row => row.Follows).OfType<FollowCounts>()
            .Concat(await askFollows)
            .ToDictionary(counts => counts.AccountId);
        var posts = known.Select(row => row.Posts).OfType<AuthorCounts>()
            .Concat(await askPosts)
            .ToDictionary(counts => counts.AccountId);
        return known.ToDictionary(
            row => row.AccountId,
            row => Remembered(new AccountSnapshot(
                profiles[row.AccountId],
                follows.GetValueOrDefault(row.AccountId)?.Followers ?? 0,
                follows.GetValueOrDefault(row.AccountId)?.Following ?? 0,
                posts.GetValueOrDefault(row.AccountId)?.Posts ?? 0,
                posts.GetValueOrDefault(row.AccountId)?.LastPostOn)));
    }

    private async Task<Dictionary<long, AccountProfile>> Profiles(
        IReadOnlyList<Row> rows,
        CancellationToken cancellationToken)
    {
        long[] missing = [.. rows.Where(row => row.Profile is null).Select(row => row.AccountId)];
        return rows.Select(row => row.Profile).OfType<AccountProfile>()
            .Concat(await Ask(missing, cancellationToken))
            .ToDictionary(profile => profile.AccountId);
    }

    private async Task<IReadOnlyList<AccountProfile>> Ask(long[] missing, CancellationToken cancellationToken)
    {
        try
        {
            return await owners.Profiles(missing, cancellationToken);
        }
        catch (BrokerAwayException) when (missing.All(id => recent.Find(id) is not null))
        {
            return [.. missing.Select(id => recent.Find(id)).OfType<AccountSnapshot>().Select(known => known.Profile)];
        }
    }

    private AccountSnapshot Remembered(AccountSnapshot account)
    {
        if (recent.Find(account.Profile.AccountId) is null)
            recent.Remember(account.Profile.AccountId, account);
        return account;
    }

    /// <summary>One account as Redis has it; null is what is missing there.</summary>
    private sealed record Row(
        long AccountId,
        AccountProfile? Profile = null,
        FollowCounts? Follows = null,
        AuthorCounts? Posts = null)
    {
        public static Row Of(long id, RawAnswer answer, int command) => new(
            id,
            answer.IsNothing(command, 0)
                ? null
                : JsonSerializer.Deserialize<AccountProfile>(answer.Value(command, 0)),
            Words(answer, command, 1) is [var followers, var following]
                ? new(id, Number(followers), Number(following), Version: 0)
                : null,
            Words(answer, command, 2) is [var posts, var lastPostOn]
                ? new(id, Number(posts), Day(lastPostOn), Version: 0)
                : null);

        private static string[] Words(RawAnswer answer, int command, int value) =>
            Encoding.ASCII.GetString(answer.Value(command, value)).Split(' ');

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

        private static DateOnly? Day(string text) =>
            text == "-" ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
