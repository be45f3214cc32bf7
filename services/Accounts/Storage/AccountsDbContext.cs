using Microblog.ServiceDefaults.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Storage;

/// <summary>The schema <c>accounts</c>: people, applications, and what they permitted each other.</summary>
internal sealed class AccountsDbContext(DbContextOptions<AccountsDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<App> Apps => Set<App>();

    public DbSet<IssuedToken> Tokens => Set<IssuedToken>();

    public DbSet<AuthorizationCode> AuthorizationCodes => Set<AuthorizationCode>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>().ToTable("users");
        modelBuilder.Entity<App>().ToTable("apps");
        modelBuilder.Entity<IssuedToken>().ToTable("tokens");
        modelBuilder.Entity<AuthorizationCode>().ToTable("authorization_codes").HasKey(code => code.CodeHash);
        NameColumnsLikeTheSchema(modelBuilder);
        OutboxMessage.Map(modelBuilder);
    }

    private static void NameColumnsLikeTheSchema(ModelBuilder modelBuilder)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }
    }

    private static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
