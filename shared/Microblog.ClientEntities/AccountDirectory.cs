using System.Globalization;
using System.Text.Json;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// Reads account snapshots (<see cref="AccountSnapshots"/>) in one round trip. What is missing there is asked of its
/// owner, who writes it again; counts that cannot be had are zero rather than an error, profiles that cannot be had
/// are.
/// </summary>
public sealed class AccountDirectory(RedisGateway redis, Publisher publisher)
{
    /// <summary>Accounts one question may name.</summary>
    private const int AccountsPerQuestionMax = 200;

    private static readonly RedisValue[] Fields =
        [AccountSnapshots.Profile, AccountSnapshots.Follows, AccountSnapshots.Posts];

    /// <summary>The accounts that exist; unknown ids are absent.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    /// <exception cref="BrokerAwayException">A profile is missing and Accounts did not answer.</exception>
    public async Task<IReadOnlyDictionary<long, AccountSnapshot>> Find(
        IReadOnlyCollection<long> accountIds,
        CancellationToken cancellationToken)
    {
        var ids = accountIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Dictionary<long, AccountSnapshot>();

        var rows = await redis.Run(database => Task.WhenAll(
            ids.Select(id => database.HashGetAsync(AccountSnapshots.Key(id), Fields))));
        var profiles = await Profiles(ids, rows, cancellationToken);
        var known = ids.Where(profiles.ContainsKey).ToArray();
        var follows = await Follows(known, ids, rows, cancellationToken);
        var posts = await Posts(known, ids, rows, cancellationToken);
        return known.ToDictionary(
            id => id,
            id => new AccountSnapshot(
                profiles[id],
                follows.GetValueOrDefault(id)?.Followers ?? 0,
                follows.GetValueOrDefault(id)?.Following ?? 0,
                posts.GetValueOrDefault(id)?.Posts ?? 0,
                posts.GetValueOrDefault(id)?.LastPostOn));
    }

    private async Task<Dictionary<long, AccountProfile>> Profiles(
        long[] ids,
        RedisValue[][] rows,
        CancellationToken cancellationToken)
    {
        var profiles = new Dictionary<long, AccountProfile>(ids.Length);
        var missing = new List<long>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (rows[i][0].IsNull)
                missing.Add(ids[i]);
            else
                profiles[ids[i]] = JsonSerializer.Deserialize<AccountProfile>(((byte[]?)rows[i][0]).AsSpan())!;
        }

        foreach (var some in missing.Chunk(AccountsPerQuestionMax))
        {
            var found = await publisher.Ask<GetAccounts, AccountsFound>(new(some), cancellationToken);
            foreach (var profile in found.Accounts)
                profiles[profile.AccountId] = profile;
        }

        return profiles;
    }

    private async Task<Dictionary<long, FollowCounts>> Follows(
        long[] known,
        long[] ids,
        RedisValue[][] rows,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<long, FollowCounts>(known.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            if (!rows[i][1].IsNull && rows[i][1].ToString().Split(' ') is [var followers, var following])
                counts[ids[i]] = new(ids[i], Number(followers), Number(following), Version: 0);
        }

        foreach (var some in known.Where(id => !counts.ContainsKey(id)).Chunk(AccountsPerQuestionMax))
        {
            var found = await AskOrNothing<GetFollowCounts, FollowCountsFound>(new(some), cancellationToken);
            foreach (var count in found?.Counts ?? [])
                counts[count.AccountId] = count;
        }

        return counts;
    }

    private async Task<Dictionary<long, AuthorCounts>> Posts(
        long[] known,
        long[] ids,
        RedisValue[][] rows,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<long, AuthorCounts>(known.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            if (!rows[i][2].IsNull && rows[i][2].ToString().Split(' ') is [var posts, var lastPostOn])
                counts[ids[i]] = new(ids[i], Number(posts), Day(lastPostOn), Version: 0);
        }

        foreach (var some in known.Where(id => !counts.ContainsKey(id)).Chunk(AccountsPerQuestionMax))
        {
            var found = await AskOrNothing<GetAuthorCounts, AuthorCountsFound>(new(some), cancellationToken);
            foreach (var count in found?.Counts ?? [])
                counts[count.AccountId] = count;
        }

        return counts;
    }

    // A count is an ornament: an account without it is better than no account.
    private async Task<TAnswer?> AskOrNothing<TQuestion, TAnswer>(
        TQuestion question,
        CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        try
        {
            return await publisher.Ask<TQuestion, TAnswer>(question, cancellationToken);
        }
        catch (BrokerAwayException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text) =>
        text == "-" ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
