using System.Reflection;
using MassTransit;
using Microblog.ServiceDefaults.BackPressure;
using Microblog.ServiceDefaults.Health;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Migrations;
using Microblog.ServiceDefaults.Outbox;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microblog.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microblog.ServiceDefaults;

/// <summary>
/// What every service has in common: broker, Redis, telemetry, health, migrations, the client API's manners.
/// </summary>
public static class ServiceDefaults
{
    /// <summary>
    /// The argument that applies migrations and declares the topology instead of running the service.
    /// </summary>
    public const string Migrate = "migrate";

    /// <summary>Joins the broker and Redis. Settings are named in the README, "Settings".</summary>
    /// <param name="service">Name of the service in kebab case: prefix of its queues and its name in telemetry.</param>
    /// <param name="addConsumers">The service's <c>XConsumers.Add</c>.</param>
    /// <exception cref="InvalidOperationException">A connection string is missing.</exception>
    public static void AddServiceDefaults(
        this WebApplicationBuilder builder,
        string service,
        Action<IBusRegistrationConfigurator> addConsumers)
    {
        if (builder.Configuration["MICROBLOG_SECRETS"] is { Length: > 0 } folder)
            builder.Configuration.AddKeyPerFile(folder, optional: false);

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseDefaultServiceProvider(container => container.ValidateScopes = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTelemetry(service, Version());
        // A line and more per request; and some write whole addresses, and with them the token of whoever streams.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Without a name the formatter would take its settings from elsewhere.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(
            console => console.FormatterName ??= ConsoleFormatterNames.Simple);
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });

        builder.Services.AddMessaging(
            service,
            new Uri(builder.Configuration.Required("RabbitMq")),
            addConsumers,
            topologyOnly: IsMigrating());
        builder.AddRedis();
        builder.AddHealth();
        builder.Services.AddHostedService<StandbyWatch>();
        builder.Services.AddHostedService<BrokerWatch>();
        builder.AddBacklogWatch();
    }

    /// <summary>
    /// Connects with the service's own role, whose search path is its own schema, and marks the service as one that has
    /// migrations.
    /// </summary>
    public static void AddPostgres(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PostgresOptions>()
            .BindConfiguration(PostgresOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var connectionString = builder.Configuration.Required("Postgres");
        builder.Services.AddSingleton(services => Database(
            connectionString, services.GetRequiredService<IOptions<PostgresOptions>>().Value));
        builder.Services.AddHostedService<PostgresWatch>();
        builder.Services.AddSingleton<PostgresReads>();
        builder.Services.AddSingleton<PostgresReturn>();
        builder.Services.AddSingleton<RefuseWhileAway>();
        var assembly = Assembly.GetCallingAssembly();
        builder.Services.AddSingleton(services => new MigrationRunner(
            services.GetRequiredService<NpgsqlDataSource>(),
            assembly,
            services.GetRequiredService<ILogger<MigrationRunner>>()));
    }

    /// <summary>
    /// Relays the outbox of this context; the service calls <see cref="OutboxSignal.Committed"/> after saving.
    /// </summary>
    public static void AddOutboxRelay<TContext>(this WebApplicationBuilder builder)
        where TContext : DbContext
    {
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddHostedService<OutboxRelay<TContext>>();
    }

    /// <summary>Allocates ids from a space that several services may share; see <see cref="IdSequence"/>.</summary>
    public static void AddIds(this WebApplicationBuilder builder, string space)
    {
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<WorkerLease>(services, space));
        builder.Services.AddHostedService(services => services.GetRequiredService<WorkerLease>());
        builder.Services.AddSingleton<IdSequence>();
        builder.Services.AddHealthChecks().AddCheck<WorkerLeaseCheck>("worker-number", tags: [HealthEndpoints.Ready]);
    }

    /// <summary>Telemetry's names and health; the endpoints of the service follow.</summary>
    public static void MapServiceDefaults(this WebApplication app)
    {
        app.UseSpanNames();
        app.MapHealth();
    }

    /// <summary>
    /// Runs the service, or, with the argument <c>migrate</c>, applies migrations and declares the topology.
    /// </summary>
    public static async Task RunOrMigrate(this WebApplication app, string[] args)
    {
        if (!args.Contains(Migrate))
        {
            await app.RunAsync();
            return;
        }

        if (app.Services.GetService<MigrationRunner>() is { } migrations)
            await migrations.Run(CancellationToken.None);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await app.Services.GetRequiredService<IBusControl>().StartAsync(deadline.Token);
    }

    /// <summary>A connection string that the service cannot do without.</summary>
    public static string Required(this IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"Set ConnectionStrings__{name}: the service cannot start without it.");

    private static NpgsqlDataSource Database(string connectionString, PostgresOptions options)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        source.ConnectionStringBuilder.Timeout = 3;
        source.ConnectionStringBuilder.CommandTimeout = 5;
        source.ConnectionStringBuilder.CancellationTimeout = 2_000;
        source.ConnectionStringBuilder.MaxAutoPrepare = 50;
        // Nobody leaves anything behind in a session; otherwise six statements would clear it before each query.
        source.ConnectionStringBuilder.NoResetOnClose = true;
        source.ConnectionStringBuilder.MaxPoolSize = options.ConnectionsMax;
        return source.Build();
    }

    private static bool IsMigrating() => Environment.GetCommandLineArgs().Contains(Migrate);

    private static string Version() =>
        Assembly.GetEntryAssembly()?.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    private static void AddRedis(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RedisOptions>()
            .BindConfiguration(RedisOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var connectionString = builder.Configuration.Required("Redis");
        builder.Services.AddSingleton(services => new RedisGateway(
            connectionString,
            services.GetRequiredService<IOptions<RedisOptions>>(),
            services.GetRequiredService<StandbyBoard>(),
            services.GetRequiredService<ILogger<RedisGateway>>()));
    }
}
