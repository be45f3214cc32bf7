using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>
/// Whether somebody down the pipeline cannot keep up, asked of Redis each second. While Redis is away nobody is said to
/// be behind: refusing on a guess would be worse.
/// </summary>
internal sealed class BehindBoard(RedisGateway redis, TimeProvider clock, ILogger<BehindBoard> logger)
    : RepeatedWork(clock, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private volatile bool _isBehind;

    public bool IsBehind => _isBehind;

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        _isBehind = await Ask();
        return Every;
    }

    private async Task<bool> Ask()
    {
        try
        {
            return await BehindMark.IsSet(redis);
        }
        catch (RedisAwayException)
        {
            return false;
        }
    }
}
