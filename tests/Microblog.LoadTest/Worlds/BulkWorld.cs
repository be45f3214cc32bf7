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

    // As FollowGraph packs them.
    private const int FollowsPerPack = 100;

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

    private const string CopyPacksSql =
        """
        COPY graph.{0} (account_id, first_follow_id, follow_ids, other_ids, without_boosts, notifying)
        FROM STDIN (FORMAT binary)
        """;

    private const string VacuumSql =
        "VACUUM (ANALYZE) graph.follower_packs, graph.followee_packs, graph.people, accounts.users";

    private readonly DateTimeOffset _now = clock.GetUtcNow();
    private readonly string _run = RandomNumberGenerator.GetHexString(6, lowercase: true);

    private long FirstFollowId => _now.AddDays(-1).ToUnixTimeMilliseconds() << 16;

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
            await CopyFollowers(connection, people, graph, cancellationToken);
            await CopyFollowees(connection, people, graph, followees, cancellationToken);
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

    private Task CopyFollowers(
        NpgsqlConnection connection, Person[] people, FollowGraph graph, CancellationToken cancellationToken)
    {
        var followId = FirstFollowId;
        return CopyPacks(connection, "follower_packs", people, FollowersOf, cancellationToken);

        (long, long)[] FollowersOf(int followee) =>
            [.. graph.Arrivals(followee).Select(follower => (followId++, people[follower].Id))];
    }

    private Task CopyFollowees(
        NpgsqlConnection connection,
        Person[] people,
        FollowGraph graph,
        IReadOnlyList<IReadOnlyList<int>> followees,
        CancellationToken cancellationToken)
    {
        return CopyPacks(connection, "followee_packs", people, FolloweesOf, cancellationToken);

        // With the ids that they have among the followers.
        (long, long)[] FolloweesOf(int follower) =>
        [
            .. followees[follower].Select(followee =>
                (FirstFollowId + graph.PositionOf(follower, followee), people[followee].Id)),
        ];
    }

    /// <param name="followsOf">What stands with a person: follow ids, ascending, and the others.</param>
    private async Task CopyPacks(
        NpgsqlConnection connection,
        string table,
        Person[] people,
        Func<int, (long Id, long OtherId)[]> followsOf,
        CancellationToken cancellationToken)
    {
        var sql = CopyPacksSql.Replace("{0}", table, StringComparison.Ordinal);
        await using var rows = await connection.BeginBinaryImportAsync(sql, cancellationToken);
        foreach (var (i, person) in people.Index())
        {
            foreach (var pack in followsOf(i).Chunk(FollowsPerPack))
            {
                await rows.StartRowAsync(cancellationToken);
                await rows.WriteAsync(person.Id, NpgsqlDbType.Bigint, cancellationToken);
                await rows.WriteAsync(pack[0].Id, NpgsqlDbType.Bigint, cancellationToken);
                long[][] columns =
                    [[.. pack.Select(follow => follow.Id)], [.. pack.Select(follow => follow.OtherId)], [], []];
                foreach (var column in columns)
                    await rows.WriteAsync(column, NpgsqlDbType.Array | NpgsqlDbType.Bigint, cancellationToken);
            }

            progress.Say("people with their follows to Postgres", i + 1, people.Length);
        }

        await rows.CompleteAsync(cancellationToken);
    }
}
