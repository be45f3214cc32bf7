using Microblog.ServiceDefaults;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microblog.Admin.Storage;

/// <summary>Postgres, Redis and the broker, each connected when it is first needed.</summary>
internal sealed class Stores : IAsyncDisposable
{
    /// <summary>An operator would rather wait than be told that a busy Redis is away.</summary>
    private static readonly TimeSpan RedisDeadline = TimeSpan.FromSeconds(10);

    private readonly Lazy<Database> _database;
    private readonly Lazy<RedisGateway> _redis;
    private readonly Lazy<Broker> _broker;
    private readonly Lazy<Owners> _owners;
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public Stores(IConfiguration configuration)
    {
        _database = new(() => new(configuration.Required("Postgres")));
        _redis = new(() => new(
            configuration.Required("Redis"),
            Options.Create(new RedisOptions { Deadline = RedisDeadline }),
            new StandbyBoard(
                _meters.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
                NullLogger<StandbyBoard>.Instance),
            NullLogger<RedisGateway>.Instance));
        _broker = new(() => new(new(configuration.Required("RabbitMq"))));
        _owners = new(() => new(new(configuration.Required("RabbitMq"))));
        BindingsFile = configuration["Admin:Bindings"];
    }

    public Database Database => _database.Value;

    public RedisGateway Redis => _redis.Value;

    public Broker Broker => _broker.Value;

    public Owners Owners => _owners.Value;

    /// <summary>
    /// What <c>rabbitmqctl list_bindings</c> printed; null where nobody can ask: AMQP itself does not tell bindings.
    /// </summary>
    public string? BindingsFile { get; }

    public async ValueTask DisposeAsync()
    {
        if (_owners.IsValueCreated)
            await _owners.Value.DisposeAsync();
        if (_broker.IsValueCreated)
            await _broker.Value.DisposeAsync();
        if (_redis.IsValueCreated)
            _redis.Value.Dispose();
        if (_database.IsValueCreated)
            await _database.Value.DisposeAsync();
        await _meters.DisposeAsync();
    }
}
