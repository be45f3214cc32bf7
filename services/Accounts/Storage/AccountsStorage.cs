using Microblog.ServiceDefaults;
using Microblog.ServiceDefaults.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Microblog.Accounts.Storage;

/// <summary>Registers what Accounts stores, and where.</summary>
internal static class AccountsStorage
{
    public static void AddAccountsStorage(this WebApplicationBuilder builder)
    {
        builder.AddPostgres();
        builder.AddIds("accounts");
        builder.Services.AddDbContext<AccountsDbContext>((services, options) => options
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(services.GetRequiredService<RefuseWhileAway>())
            // What fails is thrown, and logged once where it is handled; a name that is taken is no error at all.
            .ConfigureWarnings(events => events
                .Ignore(RelationalEventId.CommandError, CoreEventId.SaveChangesFailed, CoreEventId.QueryIterationFailed)
                .Log((RelationalEventId.CommandExecuted, LogLevel.Debug))));
        builder.AddOutboxRelay<AccountsDbContext>();

        builder.Services.AddSingleton<Snapshots>();
        builder.Services.AddSingleton<AccountSearch>();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<Markers>();
        builder.Services.AddScoped<Profiles>();
        builder.Services.AddScoped<Names>();
        builder.Services.AddScoped<Clients>();
        builder.Services.AddScoped<Revocations>();
        builder.Services.AddScoped<Suspensions>();
        builder.Services.AddScoped<Logins>();
        builder.Services.AddScoped<TokenGrants>();
        builder.Services.AddScoped<Credentials>();
    }
}
