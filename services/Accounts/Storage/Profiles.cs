using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.Redis;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Storage;

/// <summary>
/// Reads profiles from Postgres for those who miss them in Redis, and puts them there again unless it is away.
/// </summary>
internal sealed class Profiles(AccountsDbContext db, Snapshots snapshots)
{
    /// <summary>Bound of <see cref="GetAccounts"/>.</summary>
    public const int AccountsMax = 200;

    /// <summary>Bound of <see cref="ResolveNames"/>.</summary>
    public const int NamesMax = 50;

    /// <summary>Those that exist, in any order.</summary>
    public async Task<IReadOnlyList<AccountProfile>> ById(
        IReadOnlyCollection<long> accountIds,
        CancellationToken cancellationToken)
    {
        var ids = accountIds.Take(AccountsMax).ToArray();
        return await Restore(db.Users.Where(user => ids.Contains(user.Id)), cancellationToken);
    }

    /// <summary>Those that exist, in any order.</summary>
    /// <param name="usernames">In lower case.</param>
    public async Task<IReadOnlyList<AccountProfile>> ByName(
        IReadOnlyCollection<string> usernames,
        CancellationToken cancellationToken)
    {
        var names = usernames.Take(NamesMax).ToArray();
        return await Restore(db.Users.Where(user => names.Contains(user.Username.ToLower())), cancellationToken);
    }

    private async Task<IReadOnlyList<AccountProfile>> Restore(
        IQueryable<User> wanted,
        CancellationToken cancellationToken)
    {
        var users = await wanted.AsNoTracking().ToListAsync(cancellationToken);
        var profiles = users.ConvertAll(user => user.ToProfile());
        await SpareWrites.Try(() => snapshots.Write(profiles));
        return profiles;
    }
}
