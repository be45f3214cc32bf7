using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest;

/// <summary>What one may ask besides the origin; each is null when it was not given.</summary>
public sealed class Instruments : IAsyncDisposable
{
    private Instruments(Engines engines, RedisServer? redis, Queues? queues)
    {
        Engines = engines;
        Redis = redis;
        Queues = queues;
    }

    public Engines Engines { get; }

    public RedisServer? Redis { get; }

    public Queues? Queues { get; }

    public StorageSurvey? Storage =>
        Redis is not null && Engines.Postgres is { } postgres ? new(Redis, postgres) : null;

    public static async Task<Instruments> Connect(Engines engines) => new(
        engines,
        engines.Redis is null ? null : await RedisServer.Connect(engines.Redis),
        engines.RabbitMq is null ? null : await Queues.Connect(engines.RabbitMq));

    public ITimelineProbe Probe(Api api) => Redis is null ? new HttpProbe(api) : new RedisProbe(Redis);

    public async ValueTask DisposeAsync()
    {
        Redis?.Dispose();
        if (Queues is not null)
            await Queues.DisposeAsync();
    }
}
