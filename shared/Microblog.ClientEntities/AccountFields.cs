using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// How every service writes its field of <see cref="AccountSnapshots"/>: never an old value over a newer one, and
/// afterwards a word to whoever remembers the account.
/// </summary>
public static class AccountFields
{
    /// <summary>Returns when everybody who reads the account next sees the value, or a newer one.</summary>
    public static async Task Write(
        IDatabase database, long accountId, string field, RedisValue value, long version)
    {
        await database.ScriptEvaluateAsync(
            AccountSnapshots.WriteIfNewer,
            [AccountSnapshots.Key(accountId)],
            [field, value, version],
            CommandFlags.NoScriptCache);
        // After the answer: in a cluster the two keys are on different nodes.
        await database.StringSetAsync(
            AccountSnapshots.ChangeKey(accountId), Random.Shared.NextInt64(), AccountSnapshots.ChangeLifetime);
    }
}
