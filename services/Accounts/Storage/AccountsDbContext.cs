using System.Text.Json;
using Microblog.ServiceDefaults.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

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
        OutboxMessage.Map(modelBuilder);
        DescribeColumns(modelBuilder);
    }

    // Column names follow from the property's; ids come from IdSequence, except the outbox's.
    private static void DescribeColumns(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes()
            .Where(entity => entity.ClrType != typeof(OutboxMessage))
            .SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            property.ValueGenerated = ValueGenerated.Never;
        }
    }
}
