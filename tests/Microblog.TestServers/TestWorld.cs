using System.Security.Cryptography;
using System.Text;
using Microblog.Keyspaces;
using Npgsql;
using StackExchange.Redis;

namespace Microblog.TestServers;

/// <summary>
/// What one test project has to itself: an empty database with the schemas and roles of <c>infra/postgres</c>, an empty
/// virtual host, a Redis, and a folder for the key ring.
/// </summary>
public sealed class TestWorld : IAsyncDisposable
{
    private readonly ITestServers _servers;
    private readonly string _name;

    private TestWorld(ITestServers servers, string name)
    {
        (_servers, _name) = (servers, name);
        KeyRing = Directory.CreateTempSubdirectory("microblog-keys-").FullName;
        RabbitMq = new UriBuilder(servers.RabbitMq) { Path = name }.Uri;
    }

    /// <summary>StackExchange.Redis' connection string. The worlds of one process share it: use fresh ids.</summary>
    public string Redis => _servers.Redis;

    /// <summary>URI of the broker with this world's own virtual host.</summary>
    public Uri RabbitMq { get; }

    /// <summary>An empty folder for Data Protection's keys.</summary>
    public string KeyRing { get; }

    /// <summary>Npgsql's connection string of the role that owns the database and may read every schema.</summary>
    public string AdminPostgres => PostgresAs(user: null);

    /// <param name="project">Lower-case words with hyphens, seen in names of databases and virtual hosts.</param>
    /// <param name="own">Servers that the test may harm; null for the shared ones of the process.</param>
    public static async Task<TestWorld> Create(string project, ITestServers? own = null)
    {
        var servers = own ?? await SharedServers.Get();
        var world = new TestWorld(servers, $"{project}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

        await Task.WhenAll(
            servers.AddVirtualHost(world._name), world.CreateDatabase(), KnowRevokedTokens(world.Redis));
        return world;
    }

    /// <summary>
    /// Says in place of Accounts that all tokens that were revoked are in this Redis. Services that do not find that
    /// ask Accounts, which hardly any test has.
    /// </summary>
    public static async Task KnowRevokedTokens(string redis)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        await connection.GetDatabase().StringSetAsync(RevokedTokens.CompleteKey, "1");
    }

    /// <summary>
    /// The settings that a service reads, for <c>IWebHostBuilder.UseSetting</c> or an in-memory configuration.
    /// </summary>
    /// <param name="role">
    /// The service's role in Postgres; null for Ingest and FanOut, which get no Postgres at all.
    /// </param>
    public IReadOnlyDictionary<string, string?> Configuration(ServiceRole? role)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Redis"] = Redis,
            ["ConnectionStrings:RabbitMq"] = RabbitMq.ToString(),
            ["Microblog:Origin"] = "http://microblog.test",
            ["Microblog:KeyRing"] = KeyRing,
        };
        if (role is { } owner)
            settings["ConnectionStrings:Postgres"] = Postgres(owner);

        return settings;
    }

    /// <summary>Npgsql's connection string for one service's role, which sees its own schema only.</summary>
    public string Postgres(ServiceRole role) => PostgresAs(RoleName(role));

    public async ValueTask DisposeAsync()
    {
        // Pooled connections would hold the database and be broken afterwards.
        NpgsqlConnection.ClearAllPools();
        await using (var admin = NpgsqlDataSource.Create(_servers.Postgres))
        {
            await using var drop = admin.CreateCommand($"DROP DATABASE \"{_name}\" WITH (FORCE)");
            await drop.ExecuteNonQueryAsync();
        }

        await _servers.DeleteVirtualHost(_name);
        Directory.Delete(KeyRing, recursive: true);
    }

    private Task CreateDatabase() =>
        Repository.Run("infra/postgres/create-roles", [], new Dictionary<string, string>
        {
            ["MICROBLOG_POSTGRES"] = AdminPostgres,
            ["MICROBLOG_ACCOUNTS_PASSWORD"] = Password(RoleName(ServiceRole.Accounts)),
            ["MICROBLOG_FOLLOW_GRAPH_PASSWORD"] = Password(RoleName(ServiceRole.FollowGraph)),
            ["MICROBLOG_TIMELINE_PASSWORD"] = Password(RoleName(ServiceRole.Timeline)),
            ["MICROBLOG_OPERATOR_PASSWORD"] = Password(RoleName(ServiceRole.Operator)),
        });

    private string PostgresAs(string? user)
    {
        var settings = new NpgsqlConnectionStringBuilder(_servers.Postgres) { Database = _name };
        if (user is not null)
            (settings.Username, settings.Password) = (user, Password(user));

        return settings.ConnectionString;
    }

    // Roles belong to the whole server and test projects run side by side, so all must arrive at the same password.
    private string Password(string user) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user} {_servers.Postgres}")));

    private static string RoleName(ServiceRole role) => role switch
    {
        ServiceRole.Accounts => "microblog_accounts",
        ServiceRole.FollowGraph => "microblog_follow_graph",
        ServiceRole.Timeline => "microblog_timeline",
        ServiceRole.Operator => "microblog_operator",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a service with a role"),
    };
}
