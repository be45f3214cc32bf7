using Microblog.Contracts.Accounts;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.ClientEntities;

/// <summary>What the owners of accounts and of their counts say, asked over the bus.</summary>
public sealed class AskedAccounts(Publisher publisher)
{
    /// <summary>Accounts one question may name.</summary>
    private const int AccountsPerQuestionMax = 200;

    /// <exception cref="BrokerAwayException">Accounts did not answer.</exception>
    internal async Task<IReadOnlyList<AccountProfile>> Profiles(long[] accountIds, CancellationToken cancellationToken)
    {
        var profiles = new List<AccountProfile>(accountIds.Length);
        foreach (var some in accountIds.Chunk(AccountsPerQuestionMax))
            profiles.AddRange(
                (await publisher.Ask<GetAccounts, AccountsFound>(new(some), cancellationToken)).Accounts);
        return profiles;
    }

    /// <summary>As far as FollowGraph answers.</summary>
    internal async Task<IReadOnlyList<FollowCounts>> Follows(long[] accountIds, CancellationToken cancellationToken)
    {
        var counts = new List<FollowCounts>(accountIds.Length);
        foreach (var some in accountIds.Chunk(AccountsPerQuestionMax))
            counts.AddRange(
                (await AskOrNothing<GetFollowCounts, FollowCountsFound>(new(some), cancellationToken))?.Counts ?? []);
        return counts;
    }

    /// <summary>As far as Timeline answers.</summary>
    internal async Task<IReadOnlyList<AuthorCounts>> Posts(long[] accountIds, CancellationToken cancellationToken)
    {
        var counts = new List<AuthorCounts>(accountIds.Length);
        foreach (var some in accountIds.Chunk(AccountsPerQuestionMax))
            counts.AddRange(
                (await AskOrNothing<GetAuthorCounts, AuthorCountsFound>(new(some), cancellationToken))?.Counts ?? []);
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
}
