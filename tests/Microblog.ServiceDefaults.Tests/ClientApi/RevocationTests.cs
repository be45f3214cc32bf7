using System.Net;
using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Tests.Standby;
using Microblog.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class RevocationTests
{
    private const string NoRedis = "127.0.0.1:1,connectTimeout=200";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_service_knows_at_its_start_what_was_revoked_before()
    {
        var (revoked, over) = (RunningClientApi.NewId(), RunningClientApi.NewId());
        using var redis = await Redis();
        await redis.Run(db => Task.WhenAll(
            db.SortedSetAddAsync(RevokedTokens.Key, revoked, Now.AddDays(1).ToUnixTimeSeconds(), CommandFlags.None),
            db.SortedSetAddAsync(RevokedTokens.Key, over, Now.AddDays(-1).ToUnixTimeSeconds(), CommandFlags.None)));

        await using var api = await RunningClientApi.Start(Map);

        // Redis may be slow at first; until then no token is accepted.
        var list = api.Services.GetRequiredService<RevokedTokenList>();
        await Until(() => list.IsComplete);
        Assert.True(list.Contains(revoked));
        Assert.False(list.Contains(over));
    }

    [Fact]
    public async Task What_was_revoked_while_the_broker_was_away_is_found_in_redis()
    {
        await using var api = await RunningClientApi.Start(Map);
        var list = api.Services.GetRequiredService<RevokedTokenList>();
        var revoked = RunningClientApi.NewId();
        using var redis = await Redis();

        await redis.Run(db => db.SortedSetAddAsync(
            RevokedTokens.Key, revoked, Now.AddDays(1).ToUnixTimeSeconds(), CommandFlags.None));

        await Until(() => list.Contains(revoked));
    }

    [Fact]
    public async Task A_service_that_starts_while_nobody_can_say_what_was_revoked_accepts_no_token()
    {
        await using var api = await RunningClientApi.Start(Map, redis: NoRedis);

        using var answer = await api.Get("/person", api.Token());
        using var withoutToken = await api.Get("/anybody");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, withoutToken.StatusCode);
    }

    [Fact]
    public async Task A_service_that_starts_after_redis_lost_everything_accepts_no_token_until_accounts_wrote_it_again()
    {
        var empty = await EmptyRedis(database: "1");
        await using var api = await RunningClientApi.Start(Map, redis: empty);
        var token = api.Token();
        using var early = await api.Get("/person", token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);

        await TestWorld.KnowRevokedTokens(empty);

        await Until(() => api.Services.GetRequiredService<RevokedTokenList>().IsComplete);
        using var answer = await api.Get("/person", token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_that_starts_while_redis_is_away_or_empty_asks_accounts_what_was_revoked(bool isAway)
    {
        await using var world = await TestWorld.Create("revocation");
        await using var accounts = await StartOnBroker(
            world, bus => bus.Answer<ListRevokedConsumer, ListRevokedTokens>());

        await using var api = await StartOnBroker(world, redis: isAway ? NoRedis : await EmptyRedis(database: "2"));

        var list = api.Services.GetRequiredService<RevokedTokenList>();
        await Until(() => list.IsComplete);
        Assert.True(list.Contains(ListRevokedConsumer.RevokedId));
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/person", api.Token())).StatusCode);
    }

    [Fact]
    public async Task Every_process_refuses_a_token_once_it_hears_of_its_revocation()
    {
        await using var world = await TestWorld.Create("revocation");
        await using var one = await StartOnBroker(world);
        await using var other = await StartOnBroker(world);
        var caller = ACaller.Who(RunningClientApi.NewId(), "read");
        var token = one.Services.GetRequiredService<AccessTokens>().Issue(caller, Now);
        Assert.Equal(HttpStatusCode.OK, (await one.Get("/person", token)).StatusCode);

        await one.Services.GetRequiredService<Publisher>()
            .Publish(new TokenRevoked(caller.TokenId, Now.AddDays(1)), CancellationToken.None);

        foreach (var api in new[] { one, other })
        {
            await Until(() => api.Services.GetRequiredService<RevokedTokenList>().Contains(caller.TokenId));
            Assert.Equal(HttpStatusCode.Unauthorized, (await api.Get("/person", token)).StatusCode);
        }
    }

    private static async Task<RunningClientApi> StartOnBroker(
        TestWorld world, Action<IBusRegistrationConfigurator>? consumers = null, string? redis = null)
    {
        var api = await RunningClientApi.Start(Map, redis: redis, configure: builder => builder.Services.AddMessaging(
            "client-api",
            world.RabbitMq,
            bus =>
            {
                ClientApiConsumers.Add(bus);
                consumers?.Invoke(bus);
            },
            topologyOnly: false));
        await api.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return api;
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/person", (Caller caller) => new { caller.Username }).RequireScope("read");
        app.MapGet("/anybody", () => new EmptyObject());
    }

    /// <summary>A database of the tests' Redis that nothing else is in.</summary>
    private static async Task<string> EmptyRedis(string database) =>
        $"{(await SharedServers.Get()).Redis},defaultDatabase={database}";

    private static async Task Until(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
    }

    private static async Task<RedisGateway> Redis() => new(
        (await SharedServers.Get()).Redis,
        Options.Create(new RedisOptions()),
        AStandbyBoard.New(),
        NullLogger<RedisGateway>.Instance);
}
