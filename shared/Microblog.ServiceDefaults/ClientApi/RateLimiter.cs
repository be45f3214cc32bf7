using System.Security.Cryptography;
using System.Text;
using Microblog.ServiceDefaults.ClientApi.Limiting;
using Microblog.ServiceDefaults.Memory;
using Microblog.ServiceDefaults.Redis;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Counts calls in Redis, all counters of a call in one round trip, and of frequent callers several calls at once
/// (<see cref="CallLease"/>). While Redis is away it counts in this process: the
/// limits become looser, never open, and no call fails for it.
/// </summary>
public sealed class RateLimiter
{
    /// <summary>So long after a failure Redis is not asked: its deadline must not be added to every call.</summary>
    private static readonly TimeSpan RedisRest = TimeSpan.FromSeconds(5);

    private const int BytesPerKey = 256;

    private const int LeasesMax = 40_000;

    private readonly RedisGateway _redis;
    private readonly RateLimitSettings _settings;
    private readonly ClientApiMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ProcessCounts _counts = new();
    private readonly RecentlyUsed<string, CallLease> _leases = new(LeasesMax);
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
        var counts = new long?[keys.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            if (_leases.TryGet(keys[i].At(now), out var lease) && lease.TryTake(out var count))
                counts[i] = count;
        }

        if (counts.Contains(null) && !await TryCountInRedis(keys, counts, now))
        {
            StandbyHeader.Mark(http, "redis");
            _metrics.CountedInProcess();
        }

        return [.. keys.Zip(counts, (key, count) => key.State(count ?? _counts.Increment(key, now), now))];
    }

    /// <summary>Fills in what is missing; false while Redis is away.</summary>
    private async Task<bool> TryCountInRedis(IReadOnlyList<LimitKey> keys, long?[] counts, DateTimeOffset now)
    {
        if (!MayAskRedis(now.ToUnixTimeMilliseconds()))
            return false;
        try
        {
            await CountInRedis(keys, counts, now);
            Volatile.Write(ref _redisRestsUntilMs, 0);
            return true;
        }
        catch (RedisAwayException)
        {
            // The gateway has counted the failure; from here on the process counts for itself.
            Volatile.Write(ref _redisRestsUntilMs, (now + RedisRest).ToUnixTimeMilliseconds());
            return false;
        }
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

    private async Task CountInRedis(IReadOnlyList<LimitKey> keys, long?[] counts, DateTimeOffset now)
    {
        var asked = Enumerable.Range(0, keys.Count).Where(i => counts[i] is null).Select(i => (
            Index: i,
            Name: keys[i].At(now),
            Calls: CallLease.Calls(_leases.TryGet(keys[i].At(now), out var lease) ? lease : null, keys[i].Limit)))
            .ToArray();
        using var commands = new RawCommands(asked.Length * BytesPerKey);
        foreach (var (i, name, calls) in asked)
        {
            commands.Begin(3);
            commands.Word("INCRBY"u8);
            commands.Word(name);
            commands.Word([], calls);
            commands.Begin(3);
            commands.Word("PEXPIRE"u8);
            commands.Word(name);
            commands.Word([], (long)keys[i].Limit.Window.TotalMilliseconds);
        }

        using var answer = await _redis.Ask(commands);
        for (var i = 0; i < asked.Length; i++)
        {
            var total = answer.Number(command: 2 * i, value: 0) ?? throw new FormatException("A counter is no number.");
            var first = total - asked[i].Calls + 1;
            counts[asked[i].Index] = first;
            _leases.Keep(asked[i].Name, new(taken: first, total));
        }
    }
}
