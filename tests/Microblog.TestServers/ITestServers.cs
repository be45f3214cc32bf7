namespace Microblog.TestServers;

/// <summary>
/// Real servers for tests: those that <c>infra/servers</c> starts privately or, compiled only with
/// <c>-p:UseTestcontainers=true</c>, those in containers.
/// </summary>
public interface ITestServers : IAsyncDisposable
{
    /// <summary>Npgsql's connection string of a role that may create databases and roles.</summary>
    string Postgres { get; }

    /// <summary>StackExchange.Redis' connection string of a server that belongs to this process alone.</summary>
    string Redis { get; }

    /// <summary>URI of the broker, with the user that may do everything in every virtual host.</summary>
    Uri RabbitMq { get; }

    /// <summary>Adds an empty virtual host for the user of <see cref="RabbitMq"/>.</summary>
    Task AddVirtualHost(string name);

    /// <summary>Deletes a virtual host with all its queues.</summary>
    Task DeleteVirtualHost(string name);
}
