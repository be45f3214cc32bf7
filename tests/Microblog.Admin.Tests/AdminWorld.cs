using System.Collections.Concurrent;
using System.Text.Json;
using Microblog.Admin.Storage;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microblog.TestServers;
using Microsoft.Extensions.Configuration;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Microblog.Admin.Tests;

/// <summary>
/// All three schemas, a Redis and the queues of the topology with somebody who consumes: a system without its
/// services. One for all tests, which run one after the other; each makes its own people.
/// </summary>
public sealed class AdminWorld : IAsyncLifetime
{
    private static long _lastId = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds() << 16;

    private TestWorld? _world;
    private NpgsqlDataSource? _database;
    private IConnection? _services;

    internal Stores Stores { get; private set; } = null!;

    /// <summary>What reached the queues of the services.</summary>
    internal ConcurrentQueue<HandledMessage> Handled { get; } = [];

    internal RedisGateway Redis => Stores.Redis;

    /// <summary>What the broker's own tool printed; null where nobody can ask it.</summary>
    internal string? BindingsFile { get; set; }

    /// <summary>An id that no other test has, of yesterday; a second after the one before.</summary>
    public static long NewId() => Interlocked.Add(ref _lastId, 1_000 << 16);

    public async Task InitializeAsync()
    {
        _world = await TestWorld.Create("admin");
        _database = NpgsqlDataSource.Create(_world.AdminPostgres);
        await Migrate("Accounts", ServiceRole.Accounts);
        await Migrate("FollowGraph", ServiceRole.FollowGraph);
        await Migrate("Timeline", ServiceRole.Timeline);
        Stores = new(Configuration());
        await ConsumeEverywhere(_world.RabbitMq);
    }

    public async Task DisposeAsync()
    {
        await Stores.DisposeAsync();
        await _services!.DisposeAsync();
        await _database!.DisposeAsync();
        await _world!.DisposeAsync();
    }

    /// <summary>Runs a command as the shell would.</summary>
    public Task<Outcome> Run(params string[] words) => Run(new QuickClock(), words);

    /// <param name="clock">Passes the time that the command waits.</param>
    internal async Task<Outcome> Run(TimeProvider clock, params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var terminal = new Terminal(output, errors, isInteractive: false, clock);
        var status = await AdminCommands.Run(words, Configuration(), terminal, CancellationToken.None);
        return new(status, output.ToString(), errors.ToString());
    }

    /// <summary>Somebody with an empty and complete home timeline.</summary>
    public async Task<long> NewPerson()
    {
        var id = NewId();
        await Execute(
            """
            INSERT INTO accounts.users VALUES ($1, 'Person' || $1, $1 || '@example.org', '', 'person', '', '', '{}',
                '{}', false, false, true, 'public', false, '', '{}', now(), 1)
            """,
            id);
        await Append("home", id, TimelineLists.Complete);
        return id;
    }

    public async Task Follow(long followerId, long followeeId, bool showsBoosts = true)
    {
        const string Pack =
            """
            INSERT INTO graph.{0} VALUES ($1, $2, ARRAY[$2], ARRAY[$3], CASE WHEN $4 THEN '{}' ELSE ARRAY[$3] END, '{}')
            """;
        var followId = NewId();
        await Execute(
            Pack.Replace("{0}", "follower_packs", StringComparison.Ordinal),
            followeeId, followId, followerId, showsBoosts);
        await Execute(
            Pack.Replace("{0}", "followee_packs", StringComparison.Ordinal),
            followerId, followId, followeeId, showsBoosts);
        await Execute(
            """
            INSERT INTO graph.people (account_id, followers_count, following_count) VALUES ($1, 1, 0), ($2, 0, 1)
                ON CONFLICT (account_id) DO UPDATE
               SET followers_count = people.followers_count + EXCLUDED.followers_count,
                   following_count = people.following_count + EXCLUDED.following_count
            """,
            followeeId, followerId);
    }

    /// <summary>A post with counters that are right, which nobody has got yet.</summary>
    public async Task<long> Post(long authorId, long? inReplyTo = null, long? boostOf = null, long? postId = null)
    {
        var id = postId ?? NewId();
        await Execute(
            """
            INSERT INTO posts.posts (id, author_id, text, content, spoiler_text, is_sensitive, visibility,
                mentioned_ids, mentioned_names, tags, in_reply_to_author_id, boost_of_id, created_at)
            VALUES ($1, $2, 'secret words', '', '', false, 0, '{}', '{}', '{}', $3, $4, '2026-11-19 12:00Z')
            """,
            id, authorId, inReplyTo ?? (object)DBNull.Value, boostOf ?? (object)DBNull.Value);
        await Execute(
            """
            INSERT INTO posts.authors VALUES ($1, 1, '2026-11-19', 1)
                ON CONFLICT (author_id) DO UPDATE SET posts_count = authors.posts_count + 1
            """,
            authorId);
        if (boostOf is { } original)
            await Execute("INSERT INTO posts.post_counts VALUES ($1, 0, 1, 0, 1)", original);
        return id;
    }

    public async Task Delete(long postId, long authorId)
    {
        await Execute("UPDATE posts.posts SET deleted_at = now() WHERE id = $1", postId);
        await Execute(
            "UPDATE posts.authors SET posts_count = posts_count - 1, last_post_on = NULL WHERE author_id = $1",
            authorId);
    }

    public Task Append(string prefix, long ownerId, params long[] postIds) => Redis.Run(async store =>
    {
        foreach (var postId in postIds)
            await store.ListRightPushAsync($"{prefix}:{ownerId}", postId);
    });

    public Task<bool> Exists(string key) => Redis.Run(store => store.KeyExistsAsync(key));

    /// <summary>Keeps a post in Redis as Ingest does.</summary>
    public Task Keep(long postId, long authorId)
    {
        var post = new PostCreated(
            postId, authorId, "secret words", "", "", false, Visibility.Public, null, [], [], null, null, null, null,
            null, null, null, TimeProvider.System.GetUtcNow());
        return Redis.Run(store => store.StringSetAsync(
            PostSnapshots.Key(postId), JsonSerializer.SerializeToUtf8Bytes(post)));
    }

    public async Task Execute(string sql, params object[] parameters)
    {
        await using var command = _database!.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter is DBNull
                ? new() { Value = parameter, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }
                : new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Handles what comes into the queue at once, as a service does.</summary>
    public async Task Consume(string queue)
    {
        var channel = await _services!.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            Handled.Enqueue(new(queue, new(message.BasicProperties), message.Body.ToArray()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
    }

    private IConfiguration Configuration() => new ConfigurationBuilder()
        .AddInMemoryCollection(_world!.Configuration(ServiceRole.Operator))
        .AddInMemoryCollection([new("Admin:Bindings", BindingsFile)])
        .Build();

    private async Task Migrate(string service, ServiceRole role)
    {
        await using var owner = NpgsqlDataSource.Create(_world!.Postgres(role));
        var folder = Path.Combine(Repository.Root, "services", service, "Storage", "Migrations");
        foreach (var file in Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            await using var migration = owner.CreateCommand($"BEGIN; {await File.ReadAllTextAsync(file)} COMMIT");
            await migration.ExecuteNonQueryAsync();
        }
    }

    private async Task ConsumeEverywhere(Uri address)
    {
        _services = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        foreach (var queue in Topology.Read().Queues)
            await Consume(queue);
    }
}
