using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MassTransit;
using Microblog.ClientEntities;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Migrations;
using Microblog.ServiceDefaults.Redis;
using Microblog.TestServers;
using Microblog.Timeline.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;

namespace Microblog.Timeline.Tests;

/// <summary>
/// The service on real servers, with neighbours that answer it. One for all tests: each makes its own people.
/// </summary>
public sealed class RunningTimeline
{
    public const string Origin = "http://microblog.test";

    private static readonly Lazy<Task<RunningTimeline>> Shared = new(() => Start(hasPostgres: true));
    private static readonly Lock NextId = new();
    private static long _lastId;

    private readonly TestWorld _world;
    private readonly WebApplicationFactory<Program> _service;

    private RunningTimeline(
        TestWorld world,
        WebApplicationFactory<Program> service,
        Neighbours neighbours,
        ConcurrentQueue<RecordedLog.Entry> log)
    {
        _world = world;
        _service = service;
        Neighbours = neighbours;
        Log = log;
    }

    public Neighbours Neighbours { get; }

    internal ConcurrentQueue<RecordedLog.Entry> Log { get; }

    internal NpgsqlDataSource Database => Of<NpgsqlDataSource>();

    internal RedisGateway Redis => Of<RedisGateway>();

    /// <summary>Started when the first test asks; ends with the process.</summary>
    public static Task<RunningTimeline> Get() => Shared.Value;

    /// <summary>An id of this moment that no other test has.</summary>
    public static long NewId()
    {
        lock (NextId)
            return _lastId = Math.Max(_lastId + 1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16);
    }

    public async Task Stop()
    {
        await _service.DisposeAsync();
        await Neighbours.Stop();
        await _world.DisposeAsync();
    }

    internal T Of<T>()
        where T : notnull => _service.Services.GetRequiredService<T>();

    public HttpClient Client() => _service.CreateClient(new() { AllowAutoRedirect = false });

    /// <summary>Publishes as Ingest or FollowGraph would.</summary>
    public Task Publish<TMessage>(TMessage message)
        where TMessage : class => Neighbours.Publish(message);

    /// <summary>Publishes a post as Ingest would, in a message of its own.</summary>
    public Task Publish(PostCreated post) => Publish(new PostsCreated([post]));

    /// <summary>Publishes posts and waits until they are stored.</summary>
    public async Task Deliver(params PostCreated[] posts)
    {
        foreach (var post in posts)
            await Publish(post);
        var ids = posts.Select(post => post.PostId).ToArray();
        await Eventually.Is(async () => await Count(
            "SELECT count(*) FROM posts WHERE id = ANY($1)", ids) == ids.Length);
    }

    /// <summary>Stores posts without the broker, as if that had been done long ago.</summary>
    public Task Store(params PostCreated[] posts) => Of<PostWriter>().Store(posts, CancellationToken.None);

    public async Task<long> Count(string sql, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Accepts a post as Ingest does, up to the moment before it publishes.</summary>
    public Task Accept(PostCreated post) => Of<PostDirectory>().Keep(post);

    /// <summary>Appends to a list that exists, as FanOut does.</summary>
    public Task Append(string key, params long[] postIds) => Redis.Run(store => store.ExecuteAsync(
        "RPUSHX", [(RedisKey)key, .. postIds.Select(id => (RedisValue)id)]));

    public Task<long[]> ListOf(string key) => Redis.Run(async store =>
        Array.ConvertAll(await store.ListRangeAsync(key), entry => (long)entry));

    /// <summary>Somebody new, whose snapshots are all in Redis.</summary>
    public async Task<Person> NewPerson(string scopes = "read write follow")
    {
        var id = NewId();
        var username = $"Person_{id.ToString(CultureInfo.InvariantCulture)[^12..]}";
        var profile = new AccountProfile(
            id, username, $"{username} <b>", "", [], false, false, true, TimeProvider.System.GetUtcNow(), Version: 1);
        Neighbours.Accounts[id] = profile;
        await Redis.Run(store => Task.WhenAll(
            store.HashSetAsync(
                AccountSnapshots.Key(id),
                [
                    new HashEntry(AccountSnapshots.Profile, JsonSerializer.SerializeToUtf8Bytes(profile)),
                    new HashEntry(AccountSnapshots.Follows, "0 0"),
                    new HashEntry(AccountSnapshots.Posts, "0 -"),
                ]),
            store.HashSetAsync(RelationSnapshots.Key(id), RelationSnapshots.CompleteField, 1)));
        return new(Client(), id, username, TokenFor(id, username, scopes));
    }

    /// <summary>Says in the profile what Accounts would.</summary>
    public Task Suspend(Person person)
    {
        var profile = Neighbours.Accounts[person.Id];
        return Change(profile with { IsSuspended = true, Version = profile.Version + 1 });
    }

    /// <summary>Writes the profile as Accounts does.</summary>
    public Task Change(AccountProfile profile)
    {
        Neighbours.Accounts[profile.AccountId] = profile;
        return Redis.Run(store => AccountFields.Write(
            store,
            profile.AccountId,
            AccountSnapshots.Profile,
            JsonSerializer.SerializeToUtf8Bytes(profile),
            profile.Version));
    }

    public string TokenFor(long id, string username, string scopes) => Of<AccessTokens>().Issue(
        new(id, username, NewId(), 7, "Toot", "https://toot.test", Scopes.Parse(scopes), Tiers.Person),
        TimeProvider.System.GetUtcNow());

    /// <summary>Makes the relation as FollowGraph would, which also answers so when it is asked.</summary>
    public Task Relate(Person person, Person other, Standing standing)
    {
        var relation = new Relation(other.Id, (int)standing, MuteEndsAt: null);
        Neighbours.Relations.AddOrUpdate(person.Id, [relation], (_, known) => [.. known, relation]);
        RedisKey key = RelationSnapshots.Key(person.Id);
        return Redis.Run(store => Task.WhenAll(
            store.HashSetAsync(key, other.Id, RelationSnapshots.Encode(standing, muteEndsAt: null)),
            store.HashIncrementAsync(key, RelationSnapshots.CompleteField)));
    }

    /// <summary>Another service, in a world of its own.</summary>
    /// <param name="hasPostgres">False for one whose database cannot be reached.</param>
    /// <param name="own">Servers that the tests harm; null for the shared ones.</param>
    public static async Task<RunningTimeline> Start(bool hasPostgres, ITestServers? own = null)
    {
        var world = await TestWorld.Create("timeline", own);
        CreateKey(world.KeyRing);
        var neighbours = new Neighbours();
        await neighbours.Start(world.RabbitMq);
        var log = new ConcurrentQueue<RecordedLog.Entry>();
        var service = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (name, value) in world.Configuration(ServiceRole.Timeline))
                host.UseSetting(name, value);
            if (!hasPostgres)
                host.UseSetting("ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Username=nobody;Database=none");
            host.UseSetting("RateLimits:Enabled", "false");
            host.UseSetting("Timeline:StartGrace", "00:00:00");
            // Longer than a busy machine takes for what a test does in between.
            host.UseSetting("Timeline:MergeWait", "00:00:05");
            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new RecordedLog(log)));
        });
        var migrations = new MigrationRunner(
            NpgsqlDataSource.Create(world.Postgres(ServiceRole.Timeline)),
            typeof(Program).Assembly,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<MigrationRunner>.Instance);
        await migrations.Run(CancellationToken.None);
        var timeline = new RunningTimeline(world, service, neighbours, log);
        var bus = timeline.Of<IBusControl>();
        await Eventually.Is(() => Task.FromResult(bus.CheckHealth().Status == BusHealthStatus.Healthy));
        await Eventually.Is(timeline.CanAsk);
        return timeline;
    }

    // The first question of a process takes its time on a busy machine.
    private async Task<bool> CanAsk()
    {
        try
        {
            await Of<Publisher>().Ask<GetAccounts, AccountsFound>(new([1]), CancellationToken.None);
            return true;
        }
        catch (BrokerAwayException)
        {
            return false;
        }
    }

    private static void CreateKey(string folder)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("microblog").PersistKeysToFileSystem(new(folder));
        using var provider = services.BuildServiceProvider();
        var now = TimeProvider.System.GetUtcNow();
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now.AddHours(-1), now.AddDays(90));
    }
}
