using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Microblog.Accounts.Tests.Storage;

[Collection(RunningAccounts.Name)]
public sealed class SchemaTests(RunningAccounts accounts)
{
    [Fact]
    public async Task Every_entity_can_be_read_from_a_freshly_migrated_schema()
    {
        await accounts.InDatabase(db => db.Users.Take(1).ToListAsync());
        await accounts.InDatabase(db => db.Apps.Take(1).ToListAsync());
        await accounts.InDatabase(db => db.Tokens.Take(1).ToListAsync());
        await accounts.InDatabase(db => db.AuthorizationCodes.Take(1).ToListAsync());
        await accounts.InDatabase(db => db.Outbox.Take(1).ToListAsync());
    }

    [Fact]
    public async Task The_schema_holds_people_and_what_they_permitted_and_nothing_else()
    {
        await using var database = NpgsqlDataSource.Create(accounts.AdminPostgres);
        await using var command = database.CreateCommand(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'accounts' ORDER BY table_name");
        var tables = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }

        Assert.Equal(["apps", "authorization_codes", "migrations", "outbox", "tokens", "users"], tables);
    }
}
