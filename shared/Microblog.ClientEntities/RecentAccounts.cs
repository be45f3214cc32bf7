using Microsoft.Extensions.Caching.Memory;

namespace Microblog.ClientEntities;

/// <summary>
/// The accounts that this process has shown lately, for when Redis or their owner cannot be asked: a name of ten
/// minutes ago is better than no timeline. Never read while both are there.
/// </summary>
public sealed class RecentAccounts : IDisposable
{
    /// <summary>Accounts remembered; while it is full, some of the older ones are forgotten.</summary>
    public const int AccountsMax = 10_000;

    /// <summary>An account is remembered so long after it was read.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _accounts = new(new MemoryCacheOptions { SizeLimit = AccountsMax });

    internal AccountSnapshot? Find(long accountId) => _accounts.Get<AccountSnapshot>(accountId);

    internal void Remember(long accountId, AccountSnapshot account) => _accounts.Set(
        accountId,
        account,
        new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });

    public void Dispose() => _accounts.Dispose();
}
