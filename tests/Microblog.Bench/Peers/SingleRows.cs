using System.Diagnostics;
using Npgsql;

namespace Microblog.Bench.Peers;

/// <summary>P8: a table like that of the posts, filled row by row by one client, each committed.</summary>
internal static class SingleRows
{
    private const string CreateSql =
        """
        CREATE TABLE IF NOT EXISTS posts.bench_posts (LIKE posts.posts INCLUDING ALL);
        TRUNCATE posts.bench_posts
        """;

    // As long as the posts that are measured.
    private const string Sql =
        """
        INSERT INTO posts.bench_posts (id, author_id, text, content, spoiler_text, is_sensitive, visibility,
            mentioned_ids, mentioned_names, tags, created_at)
        VALUES ($1, 1, repeat('post ', 25), repeat('post ', 27), '', false, 0, '{}', '{}', '{}', now())
        """;

    private const string DropSql = "DROP TABLE posts.bench_posts";

    /// <summary>Rows in a second.</summary>
    public static async Task<double> Measure(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(postgres);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Run(connection, CreateSql, cancellationToken);
        await using var insert = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new NpgsqlParameter<long>() },
        };
        await insert.PrepareAsync(cancellationToken);
        var id = (NpgsqlParameter<long>)insert.Parameters[0];
        var started = Stopwatch.GetTimestamp();
        for (id.TypedValue = 1; Stopwatch.GetElapsedTime(started) < length; id.TypedValue++)
            await insert.ExecuteNonQueryAsync(cancellationToken);
        var perSecond = (id.TypedValue - 1) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Run(connection, DropSql, cancellationToken);
        return perSecond;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
