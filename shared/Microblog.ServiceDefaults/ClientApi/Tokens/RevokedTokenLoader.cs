using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>
/// Reads the revoked tokens before the first request is served, and again and again: what was revoked before this
/// process's queue was bound, nobody tells it. Redis being away delays this and stops nothing.
/// </summary>
internal sealed partial class RevokedTokenLoader(
    RedisGateway redis,
    RevokedTokenList revoked,
    TimeProvider clock,
    ILogger<RevokedTokenLoader> logger) : BackgroundService
{
    private const int PageSize = 5_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private bool _isAway;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryLoad();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_isAway ? RetryInterval : Interval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                await TryLoad();
        }
    }

    private async Task TryLoad()
    {
        try
        {
            await Load();
            _isAway = false;
        }
        catch (RedisAwayException exception)
        {
            // Said once per outage; the next success ends it.
            if (!_isAway)
                LogAway(logger, exception);
            _isAway = true;
        }
    }

    private async Task Load()
    {
        var now = clock.GetUtcNow();
        revoked.Forget(now);
        var page = 0;
        SortedSetEntry[] entries;
        do
        {
            var skip = page++ * PageSize;
            entries = await redis.Run(db => db.SortedSetRangeByScoreWithScoresAsync(
                RevokedTokens.Key,
                now.ToUnixTimeSeconds(),
                double.PositiveInfinity,
                Exclude.None,
                Order.Ascending,
                skip,
                PageSize,
                CommandFlags.None));
            foreach (var entry in entries)
                revoked.Add((long)entry.Element, DateTimeOffset.FromUnixTimeSeconds((long)entry.Score));
        }
        while (entries.Length == PageSize);
    }

    [LoggerMessage(LogLevel.Warning, "The revoked tokens cannot be read; one revoked meanwhile may be accepted")]
    private static partial void LogAway(ILogger logger, Exception exception);
}
