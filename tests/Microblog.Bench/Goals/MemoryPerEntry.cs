using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Systems;
using Microblog.Keyspaces;
using Npgsql;

namespace Microblog.Bench.Goals;

/// <summary>
/// G7: bytes of Redis per entry of a full timeline, pushed id by id as FanOut does, with its key and the note of its
/// last read; against the structures of others in the same Redis. And bytes of Postgres per follow.
/// </summary>
internal sealed class MemoryPerEntry : IGoal
{
    private const int TimelineCount = 2_000;
    private const int MisskeyEntriesMax = 300;
    private const int PostsPerPipeline = 10;

    private const string EdgeSql =
        """
        SELECT (pg_total_relation_size('graph.follower_packs') + pg_total_relation_size('graph.followee_packs'))::float8
             / (SELECT sum(cardinality(follow_ids)) FROM graph.follower_packs)
        """;

    private const string FollowersSql =
        """
        SELECT pg_total_relation_size('graph.follower_packs')::float8
             / (SELECT sum(cardinality(follow_ids)) FROM graph.follower_packs)
        """;

    public string Id => "G7";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        await using var redis = await LoneRedis.Start();
        context.Progress.Say("Timelines of ours and of others are filled, id by id");
        var ours = await Grow(redis, Ours, TimelineLists.EntriesMax, cancellationToken);
        var sorted = await Grow(redis, Sorted, TimelineLists.EntriesMax, cancellationToken);
        var misskey = await Grow(redis, Misskey, MisskeyEntriesMax, cancellationToken);
        var system = await context.System(cancellationToken);
        await system.Crowd(cancellationToken);
        var (edge, followers) = (await Read(system, EdgeSql), await Read(system, FollowersSql));
        return
        [
            new("G7a", "Redis per timeline entry, 800 entries", "B", Bounds.AtMost(11.5, 10.6), [ours])
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{TimelineCount:#,0} timelines with key and note of the last read; between trims a list grows "
                    + $"to 927 entries."),
            },
            new("G7b", "ours ÷ a sorted set's entry (Mastodon, DeathStarBench)", "x", OneTo(12), [ours / sorted])
            {
                Measured = FormattableString.Invariant($"{ours:0.0} B ÷ {sorted:0.0} B"),
            },
            new("G7b", "ours ÷ Misskey's entry", "x", OneTo(2), [ours / misskey])
            {
                Measured = FormattableString.Invariant($"{ours:0.0} B ÷ {misskey:0.0} B"),
            },
            new("G7c", "Postgres per follow, with all its indexes", "B", Bounds.AtMost(85, 85), [edge])
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{followers:0} B stand with the followee, for a fan-out to read; the rest with the follower."),
            },
        ];
    }

    private static Bounds OneTo(int parts) => Bounds.AtMost(1.0 / parts, 1.0 / parts);

    private static async Task<double> Grow(
        LoneRedis redis,
        Action<RespClient, int, long> push,
        int entries,
        CancellationToken cancellationToken)
    {
        await redis.Flush();
        var before = await redis.ReadMemory();
        using (var client = await RespClient.Connect(redis.Settings))
        {
            var first = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            for (var i = 0; i < entries; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var timeline = 0; timeline < TimelineCount; timeline++)
                    push(client, timeline, i == 0 ? 0 : (first + i) << 16);
                if (i % PostsPerPipeline == 0)
                    await client.Run();
            }

            await client.Run();
            if (client.ErrorCount > 0)
                throw new InvalidOperationException($"Redis refused {client.ErrorCount} commands.");
        }

        return (double)(await redis.ReadMemory() - before) / TimelineCount / entries;
    }

    // The first entry is the mark of a complete list, as a first read leaves it with a note of the day.
    private static void Ours(RespClient client, int timeline, long id)
    {
        var readerId = ((long)timeline << 32) + 100_000_000_000_000_000;
        client.Add(id == 0 ? "RPUSH" : "RPUSHX", HomeTimelines.Key(readerId), SortedSets.Text(id));
        if (id == 0)
            client.Add(
                "HSET",
                LastReads.Key(readerId),
                SortedSets.Text(readerId),
                SortedSets.Text(LastReads.Day(TimeProvider.System.GetUtcNow())));
    }

    private static void Sorted(RespClient client, int timeline, long id) =>
        client.Add("ZADD", $"feed:home:{((long)timeline << 32) + 100_000_000_000_000_000}", Score(id), Score(id));

    private static string Score(long id) => SortedSets.Text(id + 1);

    private static void Misskey(RespClient client, int timeline, long id) =>
        client.Add("LPUSH", $"list:homeTimeline:a{timeline:d15}", MisskeyReplay.Text(id >> 16));

    private static async Task<double> Read(BenchSystem system, string sql)
    {
        await using var database = NpgsqlDataSource.Create(system.Engines.Postgres!);
        await using var command = database.CreateCommand(sql);
        return (double)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("No follows."));
    }
}
