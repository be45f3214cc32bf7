using Microblog.ClientEntities;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Whose names these are, from the index that Accounts keeps in Redis (<see cref="AccountSnapshots.NameKey"/>). Only
/// while that index is being restored or Redis is away, Accounts is asked about names that are not in it.
/// </summary>
internal sealed class AccountNames(RedisGateway redis, Publisher publisher, AccountDirectory accounts)
{
    /// <summary>Names that one text may mention; also the bound of <see cref="ResolveNames"/>.</summary>
    public const int NamesMax = 50;

    /// <summary>The accounts by name in lower case; names of nobody are absent.</summary>
    /// <param name="usernames">In lower case, each once, at most <see cref="NamesMax"/>.</param>
    /// <exception cref="BrokerAwayException">The index is incomplete and Accounts did not answer.</exception>
    public async Task<IReadOnlyDictionary<string, Mention>> Resolve(
        IReadOnlyList<string> usernames,
        CancellationToken cancellationToken)
    {
        if (usernames.Count == 0)
            return new Dictionary<string, Mention>();

        var (ids, unknown) = await Find(usernames);
        var known = await accounts.Find(ids, cancellationToken);
        var asked = unknown.Count > 0 ? await Ask(unknown, cancellationToken) : [];
        return known.Values.Select(account => account.Profile).Concat(asked)
            .DistinctBy(profile => profile.AccountId)
            .ToDictionary(
                profile => profile.Username.ToLowerInvariant(),
                profile => new Mention(profile.AccountId, profile.Username));
    }

    /// <summary>The ids that the index has, and the names about which it says nothing.</summary>
    private async Task<(IReadOnlyList<long> Ids, IReadOnlyList<string> Unknown)> Find(IReadOnlyList<string> usernames)
    {
        try
        {
            var values = await redis.Run(database => Task.WhenAll(
                usernames.Select(name => database.StringGetAsync(AccountSnapshots.NameKey(name)))
                    .Append(database.StringGetAsync(AccountSnapshots.NamesCompleteKey))));
            var isComplete = !values[^1].IsNull;
            return (
                [.. values.SkipLast(1).Where(id => !id.IsNull).Select(id => (long)id)],
                isComplete ? [] : [.. usernames.Where((_, i) => values[i].IsNull)]);
        }
        catch (RedisAwayException)
        {
            return ([], usernames);
        }
    }

    private async Task<IReadOnlyList<AccountProfile>> Ask(
        IReadOnlyList<string> usernames,
        CancellationToken cancellationToken) =>
        (await publisher.Ask<ResolveNames, NamesResolved>(new(usernames), cancellationToken)).Accounts;
}
