using System.Security.Cryptography;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Lets one process at a time rebuild a list, across all replicas (Redis key <c>rebuild:{list}</c>), and a bounded
/// number of lists be rebuilt in one process.
/// </summary>
internal sealed class RebuildTurns(RedisGateway redis, IOptions<TimelineOptions> options) : IDisposable
{
    private const string ReleaseScript =
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    /// <summary>Nobody holds a turn longer, so the reads of an older rebuild cannot end up in a newer list.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>A list that had to stay unfinished is tried again after so long.</summary>
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _slots = new(options.Value.RebuildsAtOnceMax);

    /// <summary>Returns false, and does nothing, when somebody else is rebuilding the list.</summary>
    /// <param name="rebuild">Returns whether the list is finished.</param>
    public async Task<bool> Take(
        string listKey,
        Func<CancellationToken, Task<bool>> rebuild,
        CancellationToken cancellationToken)
    {
        RedisKey key = "rebuild:" + listKey;
        var holder = RandomNumberGenerator.GetHexString(16);
        if (!await redis.Run(store => store.StringSetAsync(key, holder, Lifetime, When.NotExists)))
            return false;

        var isFinished = true;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            isFinished = await InSlot(rebuild, deadline.Token);
        }
        finally
        {
            await Release(key, holder, mayRepeatAtOnce: isFinished);
        }

        return true;
    }

    public void Dispose() => _slots.Dispose();

    private async Task<bool> InSlot(Func<CancellationToken, Task<bool>> rebuild, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await rebuild(cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    private Task Release(RedisKey key, string holder, bool mayRepeatAtOnce) => mayRepeatAtOnce
        ? redis.Run(store => store.ScriptEvaluateAsync(ReleaseScript, [key], [holder], CommandFlags.NoScriptCache))
        : redis.Run(store => store.KeyExpireAsync(key, RepeatAfter));
}
