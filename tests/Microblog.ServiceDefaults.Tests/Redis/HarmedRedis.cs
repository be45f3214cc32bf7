using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microblog.ServiceDefaults.Tests.Standby;
using Microblog.TestServers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.Tests.Redis;

/// <summary>A test with a Redis of its own, which it may harm.</summary>
public abstract class HarmedRedis : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    protected StandbyBoard Board { get; } = AStandbyBoard.New();

    protected OwnServers Servers { get; private set; } = null!;

    protected RedisGateway Redis { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Servers = await OwnServers.Start("redis");
        Redis = new(
            Servers.Redis, Options.Create(new RedisOptions()), Board, NullLogger<RedisGateway>.Instance);
        await Answers(() => Redis.Run(database => database.KeyExistsAsync("key")));
    }

    public async Task DisposeAsync() => await Servers.DisposeAsync();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Redis.Dispose();
    }

    /// <summary>Returns when the call is answered.</summary>
    protected static async Task Answers(Func<Task> call)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (RedisAwayException) when (TimeProvider.System.GetElapsedTime(started) < Soon)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
