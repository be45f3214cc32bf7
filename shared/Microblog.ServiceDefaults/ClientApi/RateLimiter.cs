using System.Security.Cryptography;
using System.Text;
using Microblog.ServiceDefaults.ClientApi.Limiting;
using Microblog.ServiceDefaults.Redis;
using Microsoft.AspNetCore.Http;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Counts calls in Redis, all counters of a call in one round trip. While Redis is away it counts in this process: the
/// limits become looser, never open, and no call fails for it.
/// </summary>
public sealed class RateLimiter
{
    /// <summary>So long after a failure Redis is not asked: its deadline must not be added to every call.</summary>
    private static readonly TimeSpan RedisRest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A counter gets its expiry with its first call, and again after so many, should that one have failed.
    /// </summary>
    private const int CallsPerExpiry = 32;

    private readonly RedisGateway _redis;
    private readonly RateLimitSettings _settings;
    private readonly ClientApiMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ProcessCounts _counts = new();
    private long _redisRestsUntilMs;

    internal RateLimiter(RedisGateway redis, RateLimitSettings settings, ClientApiMetrics metrics, TimeProvider clock)
    {
        _redis = redis;
        _settings = settings;
        _metrics = metrics;
        _clock = clock;
    }

    /// <summary>
    /// Counts one use of a limit that no endpoint names, such as logins into one account.
    /// </summary>
    /// <param name="subject">Whom it is counted for. Only a hash of it leaves the process.</param>
    /// <exception cref="ClientException">429: it was one too many.</exception>
    public async Task Spend(HttpContext http, string bucket, string subject)
    {
        if (!_settings.IsEnabled)
            return;

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject.ToUpperInvariant())));
        LimitKey[] keys = [new(bucket, hash[..32], _settings.Of(Tiers.Anonymous, bucket))];
        LimitHeaders.Answer(http, await Count(http, keys), _clock.GetUtcNow());
    }

    /// <summary>Counts for all keys, and says how each stands.</summary>
    internal async Task<IReadOnlyList<LimitState>> Count(HttpContext http, IReadOnlyList<LimitKey> keys)
    {
        var now = _clock.GetUtcNow();
        if (MayAskRedis(now.ToUnixTimeMilliseconds()))
        {
            try
            {
                var states = await CountInRedis(keys, now);
                Volatile.Write(ref _redisRestsUntilMs, 0);
                return states;
            }
            catch (RedisAwayException)
            {
                // The gateway has counted the failure; from here on the process counts for itself.
                Volatile.Write(ref _redisRestsUntilMs, (now + RedisRest).ToUnixTimeMilliseconds());
            }
        }

        StandbyHeader.Mark(http, "redis");
        _metrics.CountedInProcess();
        return [.. keys.Select(key => key.State(_counts.Increment(key, now), now))];
    }

    /// <summary>After a rest one call finds out for all whether Redis is back.</summary>
    private bool MayAskRedis(long nowMs)
    {
        var until = Volatile.Read(ref _redisRestsUntilMs);
        if (until == 0)
            return true;

        var next = nowMs + (long)RedisRest.TotalMilliseconds;
        return nowMs >= until && Interlocked.CompareExchange(ref _redisRestsUntilMs, next, until) == until;
    }

    private async Task<IReadOnlyList<LimitState>> CountInRedis(IReadOnlyList<LimitKey> keys, DateTimeOffset now)
    {
        var counts = await _redis.Run(db => Task.WhenAll(
            keys.Select(key => db.StringIncrementAsync(key.At(now), 1L, CommandFlags.None))));
        LimitKey[] unending = [.. keys.Where((_, i) => counts[i] % CallsPerExpiry == 1)];
        if (unending.Length > 0)
            await _redis.Run(db => Task.WhenAll(
                unending.Select(key => db.KeyExpireAsync(key.At(now), key.Limit.Window, CommandFlags.None))));
        return [.. keys.Zip(counts, (key, count) => key.State(count, now))];
    }
}
