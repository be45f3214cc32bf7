using System.Diagnostics;
using Microblog.Bench.Reading;
using Microblog.Bench.Systems;
using Microblog.Keyspaces;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Worlds;
using Npgsql;
using StackExchange.Redis;

namespace Microblog.Bench.Writing;

/// <summary>Stops Postgres and starts it again, and measures what goes on meanwhile and afterwards.</summary>
internal sealed class PostgresOutage : IAsyncDisposable
{
    private const string CountSql = "SELECT count(*) FROM posts.posts";

    /// <summary>
    /// Changes in the same transaction as the rows that it counts. Counting those themselves, again and again, takes
    /// Postgres time that storing needs.
    /// </summary>
    private const string CountByAuthorsSql = "SELECT coalesce(sum(posts_count), 0)::bigint FROM posts.authors";

    private const int TimelinePort = 3;
    private const int PostsBefore = 2_500;

    /// <summary>Posts that wait for Postgres: of fewer nobody could tell how fast they are stored.</summary>
    private const int BacklogMin = 20_000;

    private static readonly TimeSpan BacklogPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(90);

    private readonly BenchSystem _system;
    private readonly Writers _writers;
    private readonly IReadOnlyList<Person> _readers;
    private readonly Delivery _delivery;
    private readonly NpgsqlDataSource _database;
    private readonly Uri _timeline;
    private long _accepted;

    private PostgresOutage(BenchSystem system, Writers writers, IReadOnlyList<Person> readers, Delivery delivery)
    {
        (_system, _writers, _readers, _delivery) = (system, writers, readers, delivery);
        _database = NpgsqlDataSource.Create(system.Engines.Postgres!);
        _timeline = new UriBuilder(system.Origin) { Port = system.Origin.Port + TimelinePort }.Uri;
    }

    /// <summary>Lets people write until every reader's timeline is full.</summary>
    public static async Task<PostgresOutage> Prepare(
        BenchSystem system, Writers writers, IReadOnlyList<Person> readers, CancellationToken cancellationToken)
    {
        var outage = new PostgresOutage(system, writers, readers, await Delivery.Connect(system));
        while (outage._accepted < PostsBefore)
            await outage.Post(clients: 16, TimeSpan.FromSeconds(1), cancellationToken);
        return outage;
    }

    /// <summary>
    /// One outage. Posting is compared with as much time before or after it; reading with half as much before and half
    /// after, because one stretch of seconds differs from the next by more than the goal allows.
    /// </summary>
    /// <param name="length">Of reading without Postgres; people post for half as long.</param>
    /// <exception cref="InvalidOperationException">A post that was accepted is not stored, or twice.</exception>
    public async Task<Round> Suffer(
        bool isWithFirst, int clients, int readClients, TimeSpan length, CancellationToken cancellationToken)
    {
        var postsWith = isWithFirst ? await Posts(clients, length / 2, cancellationToken) : 0;
        await Settle(cancellationToken);
        var readsBefore = await Reads(readClients, length / 2, cancellationToken);
        var stored = _accepted;
        await _system.Fault("postgres", "stop");
        // Its connections are broken without knowing it.
        _database.Clear();
        var posts = await Posts(clients, length / 2, cancellationToken);
        var reads = await Reads(readClients, length, cancellationToken);
        var end = Stopwatch.GetTimestamp() + (long)(BacklogPatience.TotalSeconds * Stopwatch.Frequency);
        while (_accepted < stored + BacklogMin && Stopwatch.GetTimestamp() < end)
            await Post(clients, TimeSpan.FromSeconds(1), cancellationToken);
        await _system.Fault("postgres", "start");
        var before = await SystemUse.Read(_system);
        var rowsPerSecond = await CatchUp(cancellationToken);
        var use = (await SystemUse.Read(_system)).Since(before);
        var rows = _accepted - stored;
        await Settle(cancellationToken);
        var readsAfter = await Reads(readClients, length / 2, cancellationToken);
        if (!isWithFirst)
            postsWith = await Posts(clients, length / 2, cancellationToken);
        return new(postsWith, posts, (readsBefore + readsAfter) / 2, reads, rowsPerSecond, rows, use);
    }

    /// <summary>Takes timelines from Redis and reads them, one after the other.</summary>
    public async Task<Histogram> Rebuild(CancellationToken cancellationToken)
    {
        var latency = new Histogram();
        using var connection = await KeptConnection.Open(_timeline, cancellationToken);
        foreach (var reader in _readers)
        {
            RedisKey key = HomeTimelines.Key(reader.Id);
            // And whose turn it is to make it: a Redis that lost its data does not know that either.
            await _system.Redis.Database.KeyDeleteAsync([key, "rebuild:" + HomeTimelines.Key(reader.Id)]);
            var request = Request(reader);
            var sent = Stopwatch.GetTimestamp();
            var status = await connection.Send(request, cancellationToken);
            latency.Record(Stopwatch.GetElapsedTime(sent));
            var length = await _system.Redis.Database.ListLengthAsync(key);
            if (status != 200 || length < TimelineLists.EntriesMax)
                throw new InvalidOperationException($"A timeline came back with {length} entries and {status}.");
        }

        return latency;
    }

    public async ValueTask DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Posts accepted in a second; returns when readers have them, and can be measured without them.</summary>
    private async Task<double> Posts(int clients, TimeSpan length, CancellationToken cancellationToken)
    {
        var posts = await Post(clients, length, cancellationToken);
        await _delivery.Arrive(posts, cancellationToken);
        return posts.AcceptedPerSecond;
    }

    private async Task<double> Reads(int clients, TimeSpan length, CancellationToken cancellationToken)
    {
        using var loop = await ClosedLoop.Open(_timeline, clients, cancellationToken);
        return (await loop.Run([.. _readers.Select(Request)], length, cancellationToken)).PerSecond;
    }

    private async Task<PostingResult> Post(int clients, TimeSpan length, CancellationToken cancellationToken)
    {
        var posts = await _writers.Closed(clients, length, cancellationToken);
        _accepted += posts.Accepted;
        return posts.Failed == 0
            ? posts
            : throw new InvalidOperationException($"{posts.Failed} posts were neither accepted nor refused.");
    }

    /// <summary>Rows in a second from when the first are stored, which are not counted, until all are.</summary>
    private async Task<double> CatchUp(CancellationToken cancellationToken)
    {
        var before = await Count(CountByAuthorsSql, cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        var (stored, first, firstAt) = (before, before, begun);
        while (stored < _accepted)
        {
            if (Stopwatch.GetElapsedTime(begun) > CatchUpMax)
                throw new InvalidOperationException($"{_accepted - stored} posts that were accepted are not stored.");
            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
            stored = await Count(CountByAuthorsSql, cancellationToken);
            if (first == before)
                (first, firstAt) = (stored, Stopwatch.GetTimestamp());
        }

        return (stored - first) / Stopwatch.GetElapsedTime(firstAt).TotalSeconds;
    }

    private async Task Settle(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (await Count(CountSql, cancellationToken) is var rows && rows != _accepted)
        {
            if (rows > _accepted || Stopwatch.GetElapsedTime(started) > CatchUpMax)
                throw new InvalidOperationException($"{rows} posts are stored, and {_accepted} were accepted.");
            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<long> Count(string sql, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private byte[] Request(Person reader) =>
        KeptConnection.Request(_timeline, "/api/v1/timelines/home", reader.Token);

    /// <summary>Everything in a second, except:</summary>
    /// <param name="Rows">What was stored afterwards.</param>
    /// <param name="Use">What the system used for that.</param>
    internal sealed record Round(
        double PostsWith,
        double PostsWithout,
        double ReadsWith,
        double ReadsWithout,
        double RowsPerSecond,
        long Rows,
        SystemUse Use);
}
