using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace Microblog.LoadTest.Worlds;

/// <summary>
/// Writes a world straight into Postgres and Redis, as it would be had everybody signed up, followed, and read an empty
/// timeline. A hundred thousand people with two million follows take a minute or two.
/// </summary>
public sealed class BulkWorld(Engines engines, TimeProvider clock, Progress progress)
{
    // The last worker number: no service leases it while there are fewer than 64 of them.
    private const long Worker = 63;
    private const int IdsPerMillisecond = 1 << 10;

    private const string CopyUsersSql =
        """
        COPY accounts.users (id, username, email, password_hash, tier, display_name, note, field_names, field_values,
          locked, bot, discoverable, default_visibility, default_sensitive, default_language, created_at, version)
        FROM STDIN (FORMAT binary)
        """;

    private const string CopyPeopleSql =
        """
        COPY graph.people (account_id, followers_count, following_count, counts_version, relations_version)
        FROM STDIN (FORMAT binary)
        """;

    private const string CopyFollowsSql =
        """
        COPY graph.follows (followee_id, follower_id, follow_id, followed_at, shows_boosts, notifies)
        FROM STDIN (FORMAT binary)
        """;

    // An index-only scan of followers needs pages that vacuum has seen.
    private const string VacuumSql = "VACUUM (ANALYZE) graph.follows, graph.people, accounts.users";

    private readonly DateTimeOffset _now = clock.GetUtcNow();
    private readonly string _run = RandomNumberGenerator.GetHexString(6, lowercase: true);

    public async Task<World> Make(WorldSpec spec, FollowGraph graph, CancellationToken cancellationToken)
    {
        var people = People(graph.PeopleCount);
        await using var database = NpgsqlDataSource.Create(engines.Postgres!);
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            // All or nothing: who interrupts leaves nobody behind.
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var followees = graph.Followees();
            await CopyUsers(connection, people, cancellationToken);
            await CopyPeople(connection, people, graph, followees, cancellationToken);
            await CopyFollows(connection, people, graph, cancellationToken);
            await WriteSnapshots(people, graph, followees, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        progress.Say("Postgres vacuums what was written");
        await using var vacuum = database.CreateCommand(VacuumSql);
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
        return new(spec, people, graph);
    }

    private Person[] People(int count)
    {
        using var mint = new TokenMint(engines.KeyRing!, clock);
        var first = _now.ToUnixTimeMilliseconds() - (count / IdsPerMillisecond) - 1;
        var people = new Person[count];
        for (var i = 0; i < count; i++)
        {
            var (millisecond, sequence) = Math.DivRem(i, IdsPerMillisecond);
            var id = ((first + millisecond) << 16) | (Worker << 10) | (long)sequence;
            var name = string.Create(CultureInfo.InvariantCulture, $"load_{_run}_{i}");
            people[i] = new(id, name, mint.Issue(id, name));
            progress.Say("tokens", i + 1, count);
        }

        return people;
    }

    private async Task WriteSnapshots(
        Person[] people,
        FollowGraph graph,
        IReadOnlyList<IReadOnlyList<int>> followees,
        CancellationToken cancellationToken)
    {
        await using var snapshots = await BulkSnapshots.Connect(engines.Redis!);
        try
        {
            await snapshots.Write(people, graph, followees, _now, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Postgres forgets with the transaction.
            await snapshots.Remove(people);
            throw;
        }
    }

    private async Task CopyUsers(
        NpgsqlConnection connection, Person[] people, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(CopyUsersSql, cancellationToken);
        foreach (var (i, person) in people.Index())
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(person.Id, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(person.Username, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync($"{person.Username}@load.example", NpgsqlDbType.Text, cancellationToken);
            // No password has this hash: these people have tokens and cannot log in.
            foreach (var text in (string[])["AQ==", "person", "", ""])
                await rows.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
            foreach (var empty in (string[][])[[], []])
                await rows.WriteAsync(empty, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            foreach (var flag in (bool[])[false, false, true])
                await rows.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken);
            await rows.WriteAsync("public", NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
            await rows.WriteAsync("", NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(_now.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await rows.WriteAsync(1L, NpgsqlDbType.Bigint, cancellationToken);
            progress.Say("people to Postgres", i + 1, people.Length);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static async Task CopyPeople(
        NpgsqlConnection connection,
        Person[] people,
        FollowGraph graph,
        IReadOnlyList<IReadOnlyList<int>> followees,
        CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(CopyPeopleSql, cancellationToken);
        foreach (var (i, person) in people.Index())
        {
            await rows.StartRowAsync(cancellationToken);
            long[] numbers = [person.Id, graph.FollowersCount(i), followees[i].Count, 1, 1];
            foreach (var number in numbers)
                await rows.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private async Task CopyFollows(
        NpgsqlConnection connection, Person[] people, FollowGraph graph, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(CopyFollowsSql, cancellationToken);
        var followId = (_now.ToUnixTimeMilliseconds() - (long)TimeSpan.FromDays(1).TotalMilliseconds) << 16;
        var written = 0;
        for (var followee = 0; followee < graph.PeopleCount; followee++)
        {
            foreach (var follower in graph.FollowersOf(followee).ToArray())
            {
                await rows.StartRowAsync(cancellationToken);
                await rows.WriteAsync(people[followee].Id, NpgsqlDbType.Bigint, cancellationToken);
                await rows.WriteAsync(people[follower].Id, NpgsqlDbType.Bigint, cancellationToken);
                await rows.WriteAsync(followId++, NpgsqlDbType.Bigint, cancellationToken);
                await rows.WriteAsync(_now.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
                await rows.WriteAsync(true, NpgsqlDbType.Boolean, cancellationToken);
                await rows.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
                progress.Say("follows to Postgres", ++written, graph.FollowsCount);
            }
        }

        await rows.CompleteAsync(cancellationToken);
    }
}
