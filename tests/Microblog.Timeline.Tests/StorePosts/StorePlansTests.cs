using Microblog.Contracts.Ingest;
using Microblog.TestServers;
using Microblog.Timeline.Storage;
using Npgsql;

namespace Microblog.Timeline.Tests.StorePosts;

/// <summary>What Postgres reads for it, in a database of which nobody else asks anything.</summary>
public class StorePlansTests
{
    private const string SequentiallyReadSql = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'posts'";

    // Each row that is inserted is looked for under its own id.
    private const string LooksSql =
        """
        SELECT sum(idx_scan)::bigint FROM pg_stat_user_indexes
         WHERE relname = 'posts' AND indexrelname <> 'posts_pkey'
        """;

    private const string IndexReadSql =
        "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'posts_pkey'";

    private const string NoteSql = "INSERT INTO unwritten_snapshots (post_id) SELECT max(id) FROM posts";

    [Fact]
    public async Task No_batch_reads_the_posts_that_are_stored_already()
    {
        await using var world = await TestWorld.Create("timeline-plans");
        await using var database = await OwnDatabase.Of(world);
        var writer = new PostWriter(database);
        for (var batch = 0; batch < 10; batch++)
            await writer.Store(Batch(), CancellationToken.None);

        Assert.Equal(0, await Counter(database, SequentiallyReadSql));
    }

    [Fact]
    public async Task Posts_without_a_key_that_boost_nothing_are_stored_without_looking_for_others()
    {
        await using var world = await TestWorld.Create("timeline-plans");
        await using var database = await OwnDatabase.Of(world);
        var batch = Batch();

        await new PostWriter(database).Store(batch, CancellationToken.None);

        Assert.Equal(0, await Counter(database, LooksSql));
        Assert.Equal(batch.Length, await Counter(database, "SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task What_Redis_was_not_told_of_is_found_without_reading_all_posts()
    {
        await using var world = await TestWorld.Create("timeline-plans");
        await using var database = await OwnDatabase.Of(world);
        await new PostWriter(database).Store(Batch(), CancellationToken.None);
        var unwritten = new UnwrittenSnapshots(database, metrics: null!);
        await using (var note = database.CreateCommand(NoteSql))
            await note.ExecuteNonQueryAsync();
        var before = await Counter(database, IndexReadSql);

        Assert.Single(await unwritten.Read(countMax: 100, CancellationToken.None));

        Assert.Equal(1, await Counter(database, IndexReadSql) - before);
    }

    private static PostCreated[] Batch()
    {
        var author = new Person(null!, RunningTimeline.NewId(), "somebody", "");
        return [.. Enumerable.Range(0, 30).Select(_ => APost.By(author))];
    }

    // A connection tells what it did once a second, unless it is asked to.
    private static async Task<long> Counter(NpgsqlDataSource database, string sql)
    {
        await using (var flush = database.CreateCommand("SELECT pg_stat_force_next_flush()"))
            await flush.ExecuteNonQueryAsync();
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
