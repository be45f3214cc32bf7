using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Hosting;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>
/// Whether somebody down the pipeline cannot keep up, asked of Redis each second. While Redis is away nobody is said to
/// be behind: refusing on a guess would be worse.
/// </summary>
internal sealed class BehindBoard(RedisGateway redis, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private volatile bool _isBehind;

    public bool IsBehind => _isBehind;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            _isBehind = await Ask();
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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
