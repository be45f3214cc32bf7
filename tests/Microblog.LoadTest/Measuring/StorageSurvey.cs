using Microblog.Keyspaces;
using Microblog.LoadTest.Reporting;
using Microblog.LoadTest.Worlds;
using Npgsql;
using StackExchange.Redis;

namespace Microblog.LoadTest.Measuring;

/// <summary>Looks at what a run has stored: some keys of each kind in Redis, and the tables of Postgres.</summary>
public sealed class StorageSurvey(RedisServer redis, string postgres)
{
    private const int KeysPerKind = 200;

    private const string SizesSql =
        """
        SELECT namespace.nspname, sum(pg_total_relation_size(class.oid))::bigint
          FROM pg_class AS class
          JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
         WHERE namespace.nspname IN ('accounts', 'graph', 'posts') AND class.relkind = 'r'
         GROUP BY namespace.nspname
        """;

    private const string RowsSql =
        """
        SELECT (SELECT count(*) FROM accounts.users),
               (SELECT coalesce(sum(cardinality(follow_ids)), 0)::bigint FROM graph.followee_packs),
               (SELECT count(*) FROM posts.posts)
        """;

    /// <param name="postIds">Posts whose snapshots may be looked at.</param>
    public async Task<StorageFacts> Look(World world, IReadOnlyCollection<long> postIds)
    {
        var random = new Random(world.Spec.Seed);
        var people = Some(random, world.People).Select(person => person.Id).ToArray();
        var posts = Some(random, [.. postIds]);
        var keys = new Dictionary<string, KeyCost>();
        await Add(keys, "timeline", people.Select(HomeTimelines.Key), key => redis.Database.ListLengthAsync(key));
        await Add(keys, "relations", people.Select(RelationSnapshots.Key), key => redis.Database.HashLengthAsync(key));
        await Add(keys, "account", people.Select(AccountSnapshots.Key), _ => Task.FromResult(1L));
        await Add(keys, "marks", people.Select(PostMarks.Key), key => redis.Database.HashLengthAsync(key));
        await Add(keys, "post", posts.Select(PostSnapshots.Key), _ => Task.FromResult(1L));
        await Add(keys, "counts", posts.Select(PostSnapshots.CountsKey), _ => Task.FromResult(1L));

        await using var database = NpgsqlDataSource.Create(postgres);
        var (accounts, follows, written) = await Rows(database);
        return new(await redis.ReadMemory(), keys, await Sizes(database), accounts, follows, written);
    }

    private static T[] Some<T>(Random random, IReadOnlyList<T> all) =>
        all.Count == 0 ? [] : random.GetItems([.. all], Math.Min(KeysPerKind, all.Count));

    private async Task Add(
        Dictionary<string, KeyCost> costs,
        string kind,
        IEnumerable<string> keys,
        Func<RedisKey, Task<long>> countItems)
    {
        var samples = new List<(double Items, double Bytes)>();
        foreach (var key in keys.Distinct())
        {
            if (await redis.MemoryOf(key) is { } bytes)
                samples.Add((await countItems(key), bytes));
        }

        if (samples.Count > 0)
            costs[kind] = KeyCost.Fit(samples);
    }

    private static async Task<IReadOnlyDictionary<string, long>> Sizes(NpgsqlDataSource database)
    {
        var sizes = new Dictionary<string, long>();
        await using var command = database.CreateCommand(SizesSql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            sizes[rows.GetString(0)] = rows.GetInt64(1);
        return sizes;
    }

    private static async Task<(long People, long Follows, long Posts)> Rows(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(RowsSql);
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2));
    }
}
