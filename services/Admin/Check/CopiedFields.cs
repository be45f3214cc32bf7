using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>Fields of <see cref="AccountSnapshots"/>.</summary>
internal static class CopiedFields
{
    /// <summary>Without the field its owner is asked, who writes it again.</summary>
    public static Task Drop(RedisGateway redis, IEnumerable<long> accountIds, string field) => redis.Run(store =>
        Task.WhenAll(accountIds.Select(accountId =>
            store.HashDeleteAsync(AccountSnapshots.Key(accountId), [field, field + ":version"]))));
}
