using Microblog.ServiceDefaults.Migrations;
using Microblog.TestServers;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Microblog.Timeline.Tests;

/// <summary>A database with Timeline's tables of which nobody else asks anything.</summary>
internal static class OwnDatabase
{
    /// <summary>One connection, which plans a statement once: while its tables are empty, as on a first day.</summary>
    public static async Task<NpgsqlDataSource> Of(TestWorld world)
    {
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Postgres(ServiceRole.Timeline))
        {
            MaxPoolSize = 1,
            NoResetOnClose = true,
            Options = "-c plan_cache_mode=force_generic_plan",
        });
        await new MigrationRunner(database, typeof(Program).Assembly, NullLogger<MigrationRunner>.Instance)
            .Run(CancellationToken.None);
        return database;
    }
}
