using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Storage;

/// <summary>Finds the account with a name: in Redis, and in Postgres what Redis does not know.</summary>
internal sealed class Names(AccountsDbContext db, AccountSearch search, RedisGateway redis)
{
    /// <param name="acct"><c>bob</c>, <c>@bob</c> or <c>bob@host[:port]</c>, in any case.</param>
    /// <returns>Null for a name that nobody has here.</returns>
    public async Task<long?> Find(string acct, CancellationToken cancellationToken)
    {
        if (search.LocalName(acct) is not { Length: > 0 } name)
            return null;

        return await Known(name) ?? await db.Users.AsNoTracking()
            .Where(user => user.Username.ToLower() == name)
            .Select(user => (long?)user.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<long?> Known(string name)
    {
        try
        {
            var id = await redis.Run(database => database.StringGetAsync(AccountSnapshots.NameKey(name)));
            return id.IsNull ? null : (long)id;
        }
        catch (RedisAwayException)
        {
            // The gateway has counted it; Postgres knows every name.
            return null;
        }
    }
}
