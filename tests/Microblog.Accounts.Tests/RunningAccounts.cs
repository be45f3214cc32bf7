using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Migrations;
using Microblog.ServiceDefaults.Redis;
using Microblog.TestServers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Microblog.Accounts.Tests;

/// <summary>The service on real servers, freshly migrated, with a neighbour that answers for Timeline.</summary>
public sealed class RunningAccounts : IAsyncLifetime
{
    public const string Name = "A running service";
    public const string Origin = "http://microblog.test";
    public const string Password = "a long enough sentence";
    public const long PostCount = 42;

    private static long _last = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private readonly ConcurrentQueue<RecordedLog.Entry> _log = [];
    private readonly List<WebApplicationFactory<Program>> _others = [];
    private TestWorld? _world;
    private IHost? _neighbour;
    private WebApplicationFactory<Program>? _service;

    public IServiceProvider Services => _service!.Services;

    public string AdminPostgres => _world!.AdminPostgres;

    internal RedisGateway Redis => Services.GetRequiredService<RedisGateway>();

    internal Publisher Publisher => Services.GetRequiredService<Publisher>();

    internal IReadOnlyList<RecordedLog.Entry> Log => [.. _log];

    /// <summary>A name that no other test has.</summary>
    public static string NewName(string start = "Person") =>
        string.Create(CultureInfo.InvariantCulture, $"{start}_{Interlocked.Increment(ref _last)}");

    public async Task InitializeAsync()
    {
        _world = await TestWorld.Create("accounts");
        await Migrate(_world.Postgres(ServiceRole.Accounts));
        CreateKey(_world.KeyRing);
        await StartNeighbour(_world.RabbitMq);
        _service = Create([]);
        await BecomeReady(_service);
    }

    public async Task DisposeAsync()
    {
        foreach (var other in _others)
            await other.DisposeAsync();
        await _service!.DisposeAsync();
        await _neighbour!.StopAsync();
        _neighbour.Dispose();
        await _world!.DisposeAsync();
    }

    /// <summary>A second process of the service beside the first.</summary>
    /// <param name="settings">Set over those of the first, as the environment would.</param>
    public async Task<WebApplicationFactory<Program>> StartAnother(params (string Name, string Value)[] settings)
    {
        var other = Create(settings);
        _others.Add(other);
        await BecomeReady(other);
        return other;
    }

    /// <summary>A process beside the first that has lost sight of Redis.</summary>
    public async Task<WebApplicationFactory<Program>> StartWithoutRedis()
    {
        var other = Create([("ConnectionStrings:Redis", "127.0.0.1:1"), ("Redis:Deadline", "00:00:00.200")]);
        _others.Add(other);
        // What Redis does not say, it asks over the broker, and accepts no token before that is answered.
        var revoked = other.Services.GetRequiredService<RevokedTokenList>();
        await Eventually.Is(() => Task.FromResult(revoked.IsComplete));
        return other;
    }

    /// <summary>A client with a cookie jar of its own that shows redirections instead of following them.</summary>
    public HttpClient NewClient(WebApplicationFactory<Program>? of = null) => (of ?? _service!).CreateClient(new()
    {
        AllowAutoRedirect = false,
        BaseAddress = new(Origin),
    });

    internal async Task<TestApp> NewApp(
        string scopes = "read write follow push profile",
        string redirectUri = "https://app.example/callback",
        string name = "Toot")
    {
        using var client = NewClient();
        var body = await client.PostAsJsonAsync("/api/v1/apps", new
        {
            client_name = name,
            redirect_uris = redirectUri,
            scopes,
        });
        var app = await Json(body);
        return new(
            app.GetProperty("client_id").GetString()!,
            app.GetProperty("client_secret").GetString()!,
            redirectUri,
            scopes);
    }

    /// <summary>Signs up somebody new through the API.</summary>
    internal async Task<TestPerson> NewPerson(string? username = null, TestApp? app = null)
    {
        var name = username ?? NewName();
        app ??= await NewApp();
        var answer = await SignUp(await AppToken(app), name, $"{name}@example.test");
        var token = (await Json(answer)).GetProperty("access_token").GetString()!;
        using var credentials = await Get("/api/v1/accounts/verify_credentials", token);
        var account = await Json(credentials);
        var id = long.Parse(account.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);
        return new(id, name, $"{name}@example.test", token, app);
    }

    public Task<HttpResponseMessage> SignUp(
        string appToken,
        string username,
        string email,
        string password = Password,
        bool agreement = true) => Send(HttpMethod.Post, "/api/v1/accounts", appToken, JsonContent.Create(
            new { username, email, password, agreement, locale = "en" }));

    internal async Task<string> AppToken(TestApp app, string? scope = null)
    {
        using var answer = await PostForm("/oauth/token", [
            ("grant_type", "client_credentials"),
            ("client_id", app.ClientId),
            ("client_secret", app.ClientSecret),
            ("scope", scope ?? app.Scopes),
        ]);
        return (await Json(answer)).GetProperty("access_token").GetString()!;
    }

    public async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string path,
        string? token = null,
        HttpContent? body = null,
        WebApplicationFactory<Program>? of = null)
    {
        using var client = NewClient(of);
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        var answer = await client.SendAsync(request);
        var failure = _log.LastOrDefault(entry => entry.Exception is not null);
        Assert.True((int)answer.StatusCode != 500, $"{method} {path}: {failure}");
        return answer;
    }

    public Task<HttpResponseMessage> Get(string path, string? token = null) => Send(HttpMethod.Get, path, token);

    public Task<HttpResponseMessage> PostForm(
        string path,
        (string Name, string Value)[] fields,
        string? token = null) =>
        Send(HttpMethod.Post, path, token, Form(fields));

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>The body of a success.</summary>
    public static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The error of a refusal, which must have this status.</summary>
    public static async Task<string> ErrorOf(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("error").GetString()!;
    }

    /// <summary>Works on the service's own tables, without the service.</summary>
    internal async Task<T> InDatabase<T>(Func<AccountsDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AccountsDbContext>());
    }

    private WebApplicationFactory<Program> Create(IReadOnlyCollection<(string Name, string Value)> settings) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (name, value) in _world!.Configuration(ServiceRole.Accounts))
                host.UseSetting(name, value);
            host.UseSetting("RateLimits:Enabled", "false");
            host.UseSetting("Accounts:PasswordGrant", "true");
            host.UseSetting("Accounts:PasswordIterations", "1000");
            host.UseSetting("Accounts:IndexCheckInterval", "00:00:00.100");
            foreach (var (name, value) in settings)
                host.UseSetting(name, value);
            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new RecordedLog(_log)));
        });

    private static async Task BecomeReady(WebApplicationFactory<Program> service)
    {
        using var client = service.CreateClient();
        await Eventually.Is(async () =>
        {
            using var ready = await client.GetAsync("/health/ready");
            return ready.IsSuccessStatusCode;
        });
    }

    private static async Task Migrate(string postgres)
    {
        await using var database = NpgsqlDataSource.Create(postgres);
        var runner = new MigrationRunner(database, typeof(Program).Assembly, NullLogger<MigrationRunner>.Instance);
        await runner.Run(CancellationToken.None);
    }

    private static void CreateKey(string folder)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("microblog").PersistKeysToFileSystem(new(folder));
        using var provider = services.BuildServiceProvider();
        var now = TimeProvider.System.GetUtcNow();
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now.AddHours(-1), now.AddDays(1));
    }

    private async Task StartNeighbour(Uri broker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddMessaging("neighbour", broker, bus => bus.Answer<CountPostsConsumer, CountPosts>());
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        _neighbour = builder.Build();
        await _neighbour.StartAsync();
    }

    internal sealed class CountPostsConsumer : IConsumer<CountPosts>
    {
        public Task Consume(ConsumeContext<CountPosts> context) =>
            context.RespondAsync(new PostsCounted(PostCount));
    }
}
