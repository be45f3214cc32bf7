using Microblog.TestServers;
using Npgsql;

namespace Microblog.FollowGraph.Tests.Storage;

/// <summary>A database whose follows are rows yet.</summary>
public class PackingTests
{
    // 250 follow the first, and the last of them follows 150 others.
    private const string RowsSql =
        """
        INSERT INTO follows
        SELECT 1, 1000 - n, n, now(), n % 7 > 0, n % 5 = 0 FROM generate_series(1, 250) AS n
         UNION ALL
        SELECT 1 + n, 999, 1000 - n, now(), n % 3 > 0, n % 2 = 0 FROM generate_series(1, 150) AS n;

        CREATE TABLE expected AS TABLE follows
        """;

    private const string DifferencesSql =
        """
        SELECT (SELECT count(*) FROM expected) - count(*)
          FROM expected
          JOIN {0} USING (followee_id, follower_id, follow_id, shows_boosts, notifies)
        """;

    private const string CountsSql =
        """
        SELECT array_agg(cardinality(follow_ids) ORDER BY first_follow_id) FROM {0} WHERE account_id IN (1, 999)
        """;

    [Theory]
    [InlineData("followers", "follower_packs", new[] { 100, 100, 50 })]
    [InlineData("followees", "followee_packs", new[] { 100, 51 })]
    public async Task Every_follow_is_in_a_pack_as_it_was(string view, string packs, int[] counts)
    {
        await using var world = await TestWorld.Create("follow-graph-packing");
        await using var database = NpgsqlDataSource.Create(world.Postgres(ServiceRole.FollowGraph));
        foreach (var sql in (string[])[Script("0001_graph"), Script("0002_operator"), RowsSql])
            await Run(database, sql);

        await Run(database, $"BEGIN; {Script("0003_follow_packs")} COMMIT");

        Assert.Equal(0L, await Run(database, DifferencesSql.Replace("{0}", view, StringComparison.Ordinal)));
        Assert.Equal(counts, await Run(database, CountsSql.Replace("{0}", packs, StringComparison.Ordinal)));
    }

    private static async Task<object?> Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static string Script(string name)
    {
        var service = typeof(FollowGraphConsumers).Assembly;
        var resource = service.GetManifestResourceNames()
            .Single(resource => resource.EndsWith($".{name}.sql", StringComparison.Ordinal));
        using var reader = new StreamReader(service.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
