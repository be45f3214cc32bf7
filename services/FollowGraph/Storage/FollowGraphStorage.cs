using Microblog.ServiceDefaults;
using Microblog.ServiceDefaults.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Microblog.FollowGraph.Storage;

internal static class FollowGraphStorage
{
    public static void AddFollowGraphStorage(this WebApplicationBuilder builder)
    {
        builder.AddPostgres();
        builder.Services.AddDbContext<FollowGraphDbContext>((services, db) => db
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
            // The outbox is looked at once a second, and nobody wants to read that.
            .ConfigureWarnings(events => events.Log((RelationalEventId.CommandExecuted, LogLevel.Debug)))
            .AddInterceptors(services.GetRequiredService<RefuseWhileAway>()));
        builder.AddOutboxRelay<FollowGraphDbContext>();
        // Follows and posts share one order in time, so that both can be notifications.
        builder.AddIds("events");

        builder.Services.AddSingleton<Followers>();
        builder.Services.AddSingleton<FollowerPages>();
        builder.Services.AddSingleton<Audiences>();
        builder.Services.AddSingleton<Relations>();
        builder.Services.AddSingleton<Relationships>();
        builder.Services.AddSingleton<RelationLists>();
        builder.Services.AddSingleton<StandingSnapshots>();
        builder.Services.AddSingleton<FollowCountSnapshots>();
        builder.Services.AddScoped<FollowPacks>();
        builder.Services.AddScoped<PairChanges>();
    }
}
