using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microblog.ClientEntities;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Redis;
using Microblog.TestServers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microblog.Ingest.Tests;

/// <summary>The service on real servers, with queues that hear what it publishes and neighbours to ask.</summary>
public class RunningIngest : IAsyncLifetime
{
    public const string Origin = "http://microblog.test";

    private static long _lastId = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds() << 16;

    private readonly ConcurrentQueue<RecordedLog.Entry> _log = [];
    private OwnServers? _servers;
    private TestWorld? _world;
    private WebApplicationFactory<Program>? _service;

    public Neighbours Neighbours { get; } = new();

    public Heard Heard => Neighbours.Heard;

    /// <summary>The servers of <see cref="OwnParts"/>, to be harmed and healed again.</summary>
    internal OwnServers Servers => _servers ?? throw new InvalidOperationException("The servers are everybody's.");

    internal IServiceProvider Services => _service!.Services;

    internal RedisGateway Redis => Services.GetRequiredService<RedisGateway>();

    internal AccessTokens Tokens => Services.GetRequiredService<AccessTokens>();

    internal IReadOnlyList<RecordedLog.Entry> Log => [.. _log];

    /// <summary>Whether queues are bound before the first test.</summary>
    protected virtual bool HasNeighbours => true;

    /// <summary>Servers that this service does not share with others.</summary>
    protected virtual string[] OwnParts => [];

    /// <summary>Set over the service's defaults, as the environment would.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["RateLimits:Enabled"] = "false" };

    /// <summary>An id that no other test has, of yesterday.</summary>
    public static long NewId() => Interlocked.Add(ref _lastId, 1 << 16);

    public async Task InitializeAsync()
    {
        _servers = OwnParts is [] ? null : await OwnServers.Start(OwnParts);
        _world = await TestWorld.Create("ingest", _servers);
        if (HasNeighbours)
            await StartNeighbours();

        CreateKey(_world.KeyRing);
        _service = NewProcess();
        await Redis.Run(database => database.StringSetAsync(AccountSnapshots.NamesCompleteKey, 1));
        await WorkerNumber();
        _log.Clear();
    }

    public Task StartNeighbours() => Neighbours.Start(_world!.RabbitMq);

    public async Task DisposeAsync()
    {
        await _service!.DisposeAsync();
        await Neighbours.DisposeAsync();
        await _world!.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
    }

    /// <summary>Somebody new, whose snapshots are all in Redis.</summary>
    public async Task<Person> NewPerson(string scopes = "read write follow")
    {
        var id = NewId();
        var username = $"Person_{id.ToString(CultureInfo.InvariantCulture)[^12..]}";
        var profile = new AccountProfile(
            id, username, username, "", [], false, false, true, IdSequence.CreatedAt(id), Version: 1);
        Neighbours.Accounts[id] = profile;
        await Redis.Run(database => Task.WhenAll(
            database.HashSetAsync(
                AccountSnapshots.Key(id),
                [
                    new HashEntry(AccountSnapshots.Profile, JsonSerializer.SerializeToUtf8Bytes(profile)),
                    new HashEntry(AccountSnapshots.Follows, "0 0"),
                    new HashEntry(AccountSnapshots.Posts, "0 -"),
                ]),
            database.StringSetAsync(AccountSnapshots.NameKey(username), id),
            database.HashSetAsync(RelationSnapshots.Key(id), RelationSnapshots.CompleteField, 1),
            database.HashSetAsync(PostMarks.Key(id), PostMarks.CompleteField, 1)));
        return With(id, username, TokenFor(id, username, scopes));
    }

    public Person With(long id, string username, string token) => new(_service!.CreateClient(), id, username, token);

    /// <param name="issuedAt">Null for now.</param>
    public string TokenFor(
        long id,
        string username = "",
        string scopes = "read write follow",
        long? tokenId = null,
        DateTimeOffset? issuedAt = null) => Tokens.Issue(
            new(id, username, tokenId ?? NewId(), 7, "Toot", "https://toot.test", Scopes.Parse(scopes), Tiers.Person),
            issuedAt ?? TimeProvider.System.GetUtcNow());

    /// <summary>The service once more, as another process of it; the caller disposes it.</summary>
    internal WebApplicationFactory<Program> NewProcess() =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (name, value) in _world!.Configuration(role: null))
                host.UseSetting(name, value);
            foreach (var (name, value) in Settings)
                host.UseSetting(name, value);
            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new RecordedLog(_log)));
        });

    /// <summary>Asks without a token.</summary>
    public async Task<HttpResponseMessage> Get(string path)
    {
        using var client = _service!.CreateClient();
        return await client.GetAsync(path);
    }

    /// <summary>Makes the relation as FollowGraph would.</summary>
    public Task Relate(Person person, Person other, Standing standing) => Redis.Run(database => database.HashSetAsync(
        RelationSnapshots.Key(person.Id), other.Id, RelationSnapshots.Encode(standing, muteEndsAt: null)));

    /// <summary>Makes a post as if it had been accepted earlier, with its snapshot in Redis.</summary>
    internal async Task Keep(PostCreated post) =>
        await Services.GetRequiredService<PostDirectory>().Keep(post);

    // Until then the service cannot allocate ids, and says so in its readiness.
    private async Task WorkerNumber()
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
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now.AddHours(-1), now.AddDays(90));
    }
}
