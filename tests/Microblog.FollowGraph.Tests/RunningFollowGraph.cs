using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.Ingest;
using Microblog.FollowGraph.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Migrations;
using Microblog.ServiceDefaults.Redis;
using Microblog.TestServers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StackExchange.Redis;

namespace Microblog.FollowGraph.Tests;

/// <summary>The service on real servers, with neighbours that hear what it publishes and ask what it answers.</summary>
public class RunningFollowGraph : IAsyncLifetime
{
    public const string Origin = "http://microblog.test";

    private static long _lastId = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds() << 16;

    private readonly ConcurrentQueue<RecordedLog.Entry> _log = [];
    private readonly Receipts _receipts = new();
    private OwnServers? _servers;
    private TestWorld? _world;
    private WebApplicationFactory<Program>? _service;

    /// <summary>The servers that these tests may harm.</summary>
    public OwnServers Servers => _servers ?? throw new InvalidOperationException("These servers are everybody's.");

    internal Neighbours Neighbours { get; } = new();

    internal IServiceProvider Services => _service!.Services;

    internal RedisGateway Redis => Services.GetRequiredService<RedisGateway>();

    internal NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    internal IReadOnlyList<RecordedLog.Entry> Log => [.. _log];

    /// <summary>Set over the service's defaults, as the environment would.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["RateLimits:Enabled"] = "false" };

    /// <summary>An id that no other test has, of yesterday.</summary>
    public static long NewId() => Interlocked.Add(ref _lastId, 1 << 16);

    /// <summary>Servers that the tests harm; null for the shared ones.</summary>
    protected virtual Task<OwnServers?> OwnServers() => Task.FromResult<OwnServers?>(null);

    public async Task InitializeAsync()
    {
        _servers = await OwnServers();
        _world = await TestWorld.Create("follow-graph", _servers);
        CreateKey(_world.KeyRing);
        await using (var database = NpgsqlDataSource.Create(_world.Postgres(ServiceRole.FollowGraph)))
        {
            var logger = NullLogger<MigrationRunner>.Instance;
            var migrations = new MigrationRunner(database, typeof(FollowGraphConsumers).Assembly, logger);
            await migrations.Run(CancellationToken.None);
        }

        await Neighbours.Start(_world.RabbitMq);
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (name, value) in _world.Configuration(ServiceRole.FollowGraph))
                host.UseSetting(name, value);
            foreach (var (name, value) in Settings)
                host.UseSetting(name, value);
            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new RecordedLog(_log)));
        });
        Services.GetRequiredService<IBusControl>().ConnectReceiveObserver(_receipts);
        await Ready();
    }

    public async Task DisposeAsync()
    {
        await _service!.DisposeAsync();
        await Neighbours.DisposeAsync();
        await _world!.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
    }

    /// <summary>Somebody new, whose profile and empty relations are in Redis.</summary>
    public async Task<Person> NewPerson(bool locked = false, string scopes = "read write follow")
    {
        var id = NewId();
        var profile = new AccountProfile(
            id, $"person{id}", "", "", [], locked, false, true, IdSequence.CreatedAt(id), Version: 1);
        Neighbours.Accounts[id] = profile;
        await Redis.Run(database => database.HashSetAsync(
            AccountSnapshots.Key(id),
            [
                new HashEntry(AccountSnapshots.Profile, JsonSerializer.SerializeToUtf8Bytes(profile)),
                new HashEntry(AccountSnapshots.Follows, "0 0"),
                new HashEntry(AccountSnapshots.Posts, "0 -"),
            ]));
        var token = Services.GetRequiredService<AccessTokens>().Issue(
            new(id, profile.Username, NewId(), 7, "Toot", null, Scopes.Parse(scopes), Tiers.Person),
            TimeProvider.System.GetUtcNow());
        return new(_service!.CreateClient(), id, token);
    }

    /// <summary>Lets the account be followed without consent, as Accounts would.</summary>
    public Task Unlock(Person person)
    {
        var profile = Neighbours.Accounts[person.Id] with { Locked = false };
        return Redis.Run(database => database.HashSetAsync(
            AccountSnapshots.Key(person.Id), AccountSnapshots.Profile, JsonSerializer.SerializeToUtf8Bytes(profile)));
    }

    /// <summary>A follower who exists in Postgres only.</summary>
    public async Task<long> AddFollower(long followeeId, bool showsBoosts = true, long? followerId = null)
    {
        var follow = new Follow(followeeId, followerId ?? NewId(), NewId(), showsBoosts, Notifies: false);
        await Write(before: null, follow);
        return follow.FollowerId;
    }

    /// <summary>Counts followers of somebody who has no counts yet.</summary>
    public async Task Count(long accountId, int followers)
    {
        await using var command = Database.CreateCommand(
            "INSERT INTO people (account_id, followers_count) VALUES ($1, $2)");
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = (long)followers });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Changes what stands in Postgres, and nothing else.</summary>
    internal async Task Write(Follow? before, Follow? after)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FollowGraphDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await new FollowPacks(db).Write(before, after, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>Publishes the message and returns when this service has handled it.</summary>
    public Task Deliver<TMessage>(params IReadOnlyList<TMessage> messages)
        where TMessage : class =>
        Task.WhenAll(messages.Select(message => Publish(message, ConsumersOf<TMessage>())));

    /// <summary>The same for posts, each in a message of its own.</summary>
    public Task Deliver(params IReadOnlyList<PostCreated> posts) =>
        Deliver([.. posts.Select(post => new PostsCreated([post]))]);

    /// <summary>Publishes the message and returns when one of those who hear it has handled it.</summary>
    public Task DeliverToOne<TMessage>(TMessage message)
        where TMessage : class => Publish(message, consumers: 1);

    /// <summary>The followers at hand without Postgres, by id; waits until there are any.</summary>
    internal async Task<IReadOnlyList<Follower>> AtHand(long authorId)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await new FollowerPages(Redis).Find(authorId) is { } followers)
                return [.. followers.OrderBy(follower => follower.Id)];
            await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token);
        }
    }

    /// <summary>How <paramref name="one"/> stands to <paramref name="other"/>, as the snapshot in Redis says.</summary>
    public async Task<(bool IsTrusted, Standing Standing)> Snapshot(long one, long other)
    {
        var values = await Redis.Run(database =>
            database.HashGetAsync(RelationSnapshots.Key(one), [RelationSnapshots.CompleteField, other]));
        var standing = values[1].IsNull
            ? Standing.None
            : RelationSnapshots.Decode(values[1].ToString(), TimeProvider.System.GetUtcNow());
        return (!values[0].IsNull, standing);
    }

    /// <summary>The counts that clients see: <c>followers following</c>.</summary>
    public async Task<string> CountsOf(Person person) =>
        (await Redis.Run(database => database.HashGetAsync(AccountSnapshots.Key(person.Id), AccountSnapshots.Follows)))
        .ToString();

    private async Task Publish<TMessage>(TMessage message, int consumers)
        where TMessage : class
    {
        var messageId = NewIdentity();
        var handled = _receipts.Of(messageId, consumers);
        await Neighbours.Bus.Publish(message, publish => publish.MessageId = messageId);
        await handled.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static int ConsumersOf<TMessage>()
        where TMessage : class => typeof(FollowGraphConsumers).Assembly.GetTypes().Count(type =>
            type.IsAssignableTo(typeof(IConsumer<TMessage>))
            || type.IsAssignableTo(typeof(IConsumer<Batch<TMessage>>)));

    private static Guid NewIdentity() => MassTransit.NewId.NextGuid();

    // Until then the service cannot allocate ids, and says so in its readiness.
    private async Task Ready()
    {
        using var client = _service!.CreateClient();
        while (true)
        {
            using var ready = await client.GetAsync("/health/ready");
            if (ready.IsSuccessStatusCode)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static void CreateKey(string folder)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("microblog").PersistKeysToFileSystem(new(folder));
        using var provider = services.BuildServiceProvider();
        var now = TimeProvider.System.GetUtcNow();
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now.AddHours(-1), now.AddDays(1));
    }
}
