using System.Security.Cryptography;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Microblog.TestServers;

/// <summary>
/// The same servers in containers, for machines with a container engine and without the servers' programs.
/// </summary>
internal sealed class ContainerTestServers : ITestServers
{
    private const string User = "microblog";
    private const int PostgresPort = 5432;
    private const int RedisPort = 6379;
    private const int RabbitMqPort = 5672;

    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly IContainer _postgres;
    private readonly IContainer _redis;
    private readonly IContainer _rabbitMq;

    private ContainerTestServers()
    {
        _postgres = Build(new ContainerBuilder("postgres:15")
            .WithEnvironment("POSTGRES_USER", User)
            .WithEnvironment("POSTGRES_PASSWORD", _password)
            .WithPortBinding(PostgresPort, assignRandomHostPort: true)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilCommandIsCompleted("pg_isready", "-h", "127.0.0.1")));
        _redis = Build(new ContainerBuilder("redis:7")
            .WithCommand("redis-server", "--requirepass", _password, "--appendonly", "yes")
            .WithPortBinding(RedisPort, assignRandomHostPort: true)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilCommandIsCompleted("redis-cli", "-a", _password, "ping")));
        _rabbitMq = Build(new ContainerBuilder("rabbitmq:3")
            .WithEnvironment("RABBITMQ_DEFAULT_USER", User)
            .WithEnvironment("RABBITMQ_DEFAULT_PASS", _password)
            .WithPortBinding(RabbitMqPort, assignRandomHostPort: true)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilCommandIsCompleted("rabbitmqctl", "await_startup")));
    }

    public string Postgres =>
        $"Host={_postgres.Hostname};Port={_postgres.GetMappedPublicPort(PostgresPort)};"
        + $"Username={User};Password={_password};Database={User}";

    public string Redis => $"{_redis.Hostname}:{_redis.GetMappedPublicPort(RedisPort)},password={_password}";

    public Uri RabbitMq =>
        new($"amqp://{User}:{_password}@{_rabbitMq.Hostname}:{_rabbitMq.GetMappedPublicPort(RabbitMqPort)}/");

    /// <summary>Starts all three at once.</summary>
    public static async Task<ITestServers> Start()
    {
        var servers = new ContainerTestServers();
        await Task.WhenAll(
            servers._postgres.StartAsync(), servers._redis.StartAsync(), servers._rabbitMq.StartAsync());
        return servers;
    }

    public async Task AddVirtualHost(string name)
    {
        await Control("add_vhost", name);
        await Control("set_permissions", "-p", name, User, ".*", ".*", ".*");
    }

    public Task DeleteVirtualHost(string name) => Control("delete_vhost", name);

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
        await _rabbitMq.DisposeAsync();
    }

    // Dynamic, because naming this one method needs types of a package that cannot be restored everywhere this
    // compiles.
    private static IContainer Build(ContainerBuilder container) => ((dynamic)container).Build();

    private async Task Control(params string[] arguments)
    {
        var result = await _rabbitMq.ExecAsync(["rabbitmqctl", .. arguments]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {arguments[0]} failed: {result.Stderr}");
    }
}
