using System.Net.Http.Json;
using System.Text.Json;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microblog.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

/// <summary>A tiny service with the client API's manners, on Kestrel and on a real Redis.</summary>
public sealed class RunningClientApi : IAsyncDisposable
{
    public const string Origin = "http://microblog.test";

    private static readonly DirectoryInfo SharedKeyRing = Directory.CreateTempSubdirectory("microblog-keys-");
    private static readonly Lazy<Task<string>> SharedRedis = new(FindRedis);
    private static long _lastId = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16;

    private readonly WebApplication _app;

    private RunningClientApi(WebApplication app, RecordedLog log)
    {
        _app = app;
        Log = log;
        Client = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    internal RecordedLog Log { get; }

    public static long NewId() => Interlocked.Increment(ref _lastId);

    /// <param name="map">The endpoints under test.</param>
    /// <param name="settings">Added to settings that limit nobody.</param>
    /// <param name="redis">A connection string instead of the private server's.</param>
    public static async Task<RunningClientApi> Start(
        Action<WebApplication> map,
        Dictionary<string, string?>? settings = null,
        string? redis = null,
        TimeProvider? clock = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Microblog:Origin"] = Origin,
            ["Microblog:KeyRing"] = SharedKeyRing.FullName,
            // A machine that runs all tests at once is slow, and no test of these is about that.
            ["Redis:Deadline"] = "00:00:10",
            ["RateLimits:Anonymous:Api:Permits"] = "1000000",
            ["RateLimits:Anonymous:Paging:Permits"] = "1000000",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log);

        var connectionString = redis ?? await SharedRedis.Value;
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section);
        builder.Services.AddSingleton(services => new RedisGateway(
            connectionString,
            services.GetRequiredService<IOptions<RedisOptions>>(),
            services.GetRequiredService<StandbyBoard>(),
            services.GetRequiredService<ILogger<RedisGateway>>()));
        // Before the client API, as in every service: it may have to ask before anything is served.
        configure?.Invoke(builder);
        builder.AddClientApi();

        var app = builder.Build();
        app.UseClientApi();
        map(app);
        if (settings?.ContainsKey("Microblog:KeyRing") != true)
            CreateKeyRing(app);
        await app.StartAsync();
        return new(app, log);
    }

    /// <summary>A token of a person who has these scopes.</summary>
    public string Token(string scopes = "read write follow", long? accountId = null, string tier = Tiers.Person) =>
        Services.GetRequiredService<AccessTokens>().Issue(
            ACaller.Who(accountId ?? NewId(), scopes, tier),
            TimeProvider.System.GetUtcNow());

    public async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string path,
        string? token = null,
        HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Get(string path, string? token = null) => Send(HttpMethod.Get, path, token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    public static async Task<string> ErrorOf(HttpResponseMessage answer)
    {
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
    }

    private static async Task<string> FindRedis()
    {
        var redis = (await SharedServers.Get()).Redis;
        await TestWorld.KnowRevokedTokens(redis);
        return redis;
    }

    private static void CreateKeyRing(WebApplication app)
    {
        lock (SharedKeyRing)
            app.Services.GetRequiredService<KeyRing>().Create();
    }
}
