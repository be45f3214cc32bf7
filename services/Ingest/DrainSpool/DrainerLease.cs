using System.Diagnostics;
using System.Security.Cryptography;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Ingest.DrainSpool;

/// <summary>
/// One replica drains at a time, or what was spooled in order would be published interleaved: a key
/// <c>spool-drainer</c> that names its holder and runs out with him. Two at once, after a pause of the holder, do no
/// harm but that.
/// </summary>
internal sealed class DrainerLease(RedisGateway redis)
{
    private const string TakeOrRenew =
        """
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    private const string Release =
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """;

    private static readonly RedisKey Key = "spool-drainer";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);

    private readonly string _holder = RandomNumberGenerator.GetHexString(32);
    private long _heldSince;

    /// <summary>Whether this process is the drainer; it becomes so when nobody is.</summary>
    public async ValueTask<bool> IsHeld()
    {
        if (_heldSince != 0 && Stopwatch.GetElapsedTime(_heldSince) < RenewEvery)
            return true;

        var now = Stopwatch.GetTimestamp();
        var isHeld = await redis.Run(async database => (bool)await database.ScriptEvaluateAsync(
            TakeOrRenew, [Key], [_holder, (long)Lifetime.TotalMilliseconds], CommandFlags.NoScriptCache));
        _heldSince = isHeld ? now : 0;
        return isHeld;
    }

    /// <summary>Lets another replica go on at once.</summary>
    public async Task GiveUp()
    {
        if (_heldSince == 0)
            return;

        _heldSince = 0;
        await redis.Run(database => database.ScriptEvaluateAsync(
            Release, [Key], [_holder], CommandFlags.NoScriptCache));
    }
}
