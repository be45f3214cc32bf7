using Npgsql;

namespace Microblog.EndToEnd.Tests;

/// <summary>What Postgres holds, and who may see it.</summary>
public sealed class StoredFactsTests
{
    [Fact]
    public async Task Postgres_holds_users_graph_and_posts_and_nothing_else()
    {
        await using var admin = await Admin();

        var schemas = await Strings(
            admin,
            """
            SELECT DISTINCT table_schema FROM information_schema.tables
             WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
             ORDER BY 1
            """);
        var caches = await Strings(
            admin,
            """
            SELECT table_schema || '.' || table_name FROM information_schema.tables
             WHERE table_name ~ '(timeline|feed|cache|session)' AND table_schema IN ('accounts', 'graph', 'posts')
            """);

        Assert.Equal(["accounts", "graph", "posts"], schemas);
        Assert.Empty(caches);
    }

    [Theory]
    [InlineData("microblog_timeline", "graph")]
    [InlineData("microblog_timeline", "accounts")]
    [InlineData("microblog_follow_graph", "posts")]
    [InlineData("microblog_follow_graph", "accounts")]
    [InlineData("microblog_accounts", "posts")]
    [InlineData("microblog_accounts", "graph")]
    public async Task A_service_cannot_look_into_the_schema_of_another(string role, string schema)
    {
        await using var admin = await Admin();

        var mayUse = await Strings(admin, $"SELECT has_schema_privilege('{role}', '{schema}', 'USAGE')::text");
        var readable = await Strings(
            admin,
            $"""
             SELECT tablename FROM pg_tables
              WHERE schemaname = '{schema}' AND has_table_privilege('{role}', schemaname || '.' || tablename, 'SELECT')
             """);

        Assert.Equal(["false"], mayUse);
        Assert.Empty(readable);
    }

    [Fact]
    public async Task Ingest_and_FanOut_have_no_role()
    {
        await using var admin = await Admin();

        Assert.Empty(await Strings(admin, "SELECT rolname FROM pg_roles WHERE rolname ~ '(ingest|fan)'"));
    }

    private static async Task<NpgsqlDataSource> Admin() =>
        NpgsqlDataSource.Create((await RunningSystem.Get()).Server("MICROBLOG_POSTGRES"));

    private static async Task<List<string>> Strings(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
