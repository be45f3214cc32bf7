using System.Text.Json;
using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Memory;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// Accounts that this process has read lately, as JSON. One is read again as soon as its change key
/// (<see cref="AccountSnapshots.ChangeKey"/>) says something else.
/// </summary>
internal sealed class KnownAccounts(
    AccountDirectory accounts,
    AccountRenderer renderer,
    IOptions<TimelineOptions> options,
    TimeProvider clock)
{
    /// <summary>
    /// Nothing is believed for longer, whatever the change key says: well below
    /// <see cref="AccountSnapshots.ChangeLifetime"/>.
    /// </summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly RecentlyUsed<long, KnownAccount> _known = new(options.Value.AccountsInMemoryMax);

    /// <summary>In the order asked for; null for one that does not exist.</summary>
    /// <param name="changes">What stands under the change key of each; null for nothing.</param>
    public async Task<KnownAccount?[]> Find(
        IReadOnlyList<long> accountIds,
        IReadOnlyList<long?> changes,
        CancellationToken cancellationToken)
    {
        var found = new KnownAccount?[accountIds.Count];
        List<long>? unknown = null;
        var now = clock.GetTimestamp();
        for (var i = 0; i < found.Length; i++)
        {
            if (_known.TryGet(accountIds[i], out var account)
                && account.Change == changes[i] && clock.GetElapsedTime(account.ReadAt, now) < Lifetime)
                found[i] = account;
            else
                (unknown ??= []).Add(accountIds[i]);
        }

        if (unknown is null)
            return found;
        var read = await accounts.Find(unknown, cancellationToken);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is null && read.TryGetValue(accountIds[i], out var account))
                _known.Keep(accountIds[i], found[i] = Known(account, changes[i], now));
        }

        return found;
    }

    private KnownAccount Known(AccountSnapshot account, long? change, long readAt) => new(
        account.Profile.Username,
        JsonSerializer.SerializeToUtf8Bytes(renderer.Render(account), ClientJson.Options),
        account.Profile.IsSuspended,
        change,
        readAt);
}
