using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class RateLimitTests
{
    // Nobody listens there, so every command fails at once.
    private const string NoRedis = "127.0.0.1:1,connectTimeout=200";

    private static readonly Dictionary<string, string?> ImpatientRedis = new()
    {
        ["Redis:Deadline"] = "00:00:00.3",
        ["Redis:FailuresBeforeReconnect"] = "1",
    };

    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_three_headers_come_together_with_a_future_reset()
    {
        await using var api = await Start();
        var before = TimeProvider.System.GetUtcNow();

        var answer = await api.Get("/things", api.Token());

        Assert.Equal("300", Header(answer, "Limit"));
        Assert.Equal("299", Header(answer, "Remaining"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$", Header(answer, "Reset"));
        var reset = DateTimeOffset.Parse(Header(answer, "Reset")!, CultureInfo.InvariantCulture);
        Assert.InRange(reset, before, before.AddMinutes(5).AddSeconds(1));
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/refused", 401)]
    [InlineData("/broken", 500)]
    public async Task Errors_carry_the_headers_too(string path, int status)
    {
        await using var api = await Start();

        var answer = await api.Get(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotNull(Header(answer, "Limit"));
        Assert.NotNull(Header(answer, "Remaining"));
        Assert.NotNull(Header(answer, "Reset"));
    }

    [Fact]
    public async Task One_call_too_many_is_refused_until_the_window_ends()
    {
        var clock = new FixedClock(Noon.AddMinutes(2));
        await using var api = await Start(new() { ["RateLimits:Person:Posts:Permits"] = "2" }, clock: clock);
        var token = api.Token();

        Assert.Equal(HttpStatusCode.OK, (await api.Send(HttpMethod.Post, "/posts", token)).StatusCode);
        var last = await api.Send(HttpMethod.Post, "/posts", token);
        var refused = await api.Send(HttpMethod.Post, "/posts", token);
        clock.Now = Noon.AddHours(3);
        var later = await api.Send(HttpMethod.Post, "/posts", token);

        Assert.Equal(("2", "0"), (Header(last, "Limit"), Header(last, "Remaining")));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("Too many requests", await RunningClientApi.ErrorOf(refused));
        Assert.Equal("2026-11-20T15:00:00.000000Z", Header(refused, "Reset"));
        Assert.Equal(TimeSpan.FromMinutes(178), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Somebody_who_comes_often_may_come_exactly_as_often_as_the_limit_says()
    {
        const int Permits = 200;
        await using var api = await Start(
            new() { ["RateLimits:Person:Api:Permits"] = "200" }, clock: new FixedClock(Noon));
        var token = api.Token();

        for (var i = 1; i <= Permits; i++)
        {
            var answer = await api.Get("/things", token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal((Permits - i).ToString(CultureInfo.InvariantCulture), Header(answer, "Remaining"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await api.Get("/things", token)).StatusCode);
    }

    [Fact]
    public async Task Limits_are_counted_by_account_and_not_shared()
    {
        await using var api = await Start(new() { ["RateLimits:Person:Posts:Permits"] = "1" });
        var alice = RunningClientApi.NewId();

        Assert.Equal(HttpStatusCode.OK, (await Post(api, api.Token(accountId: alice))).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Post(api, api.Token(accountId: alice))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(api, api.Token())).StatusCode);
    }

    [Fact]
    public async Task Processes_count_together()
    {
        var settings = new Dictionary<string, string?> { ["RateLimits:Person:Posts:Permits"] = "1" };
        await using var one = await Start(settings);
        await using var other = await Start(settings);
        var token = one.Token();

        Assert.Equal(HttpStatusCode.OK, (await Post(one, token)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Post(other, token)).StatusCode);
    }

    [Fact]
    public async Task A_tier_has_limits_of_its_own()
    {
        await using var api = await Start();

        var outlet = await Post(api, api.Token(tier: Tiers.Outlet));
        var person = await Post(api, api.Token());
        var unknown = await Post(api, api.Token(tier: "celebrity"));

        Assert.Equal("3000", Header(outlet, "Limit"));
        Assert.Equal("300", Header(person, "Limit"));
        Assert.Equal("300", Header(unknown, "Limit"));
    }

    [Fact]
    public async Task Reading_with_a_cursor_counts_as_paging()
    {
        await using var api = await Start(new() { ["RateLimits:Person:Paging:Permits"] = "1" });
        var token = api.Token();

        Assert.Equal(HttpStatusCode.OK, (await api.Get("/things?max_id=5", token)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await api.Get("/things?min_id=5", token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/things", token)).StatusCode);
    }

    [Fact]
    public async Task The_anonymous_are_counted_by_the_address_the_gateway_names()
    {
        await using var api = await Start(new() { ["RateLimits:Anonymous:Api:Permits"] = "1" });
        var id = RunningClientApi.NewId();
        var subscriber = $"2001:db8:{(id >> 16) & 0xFFFF:x}:{id & 0xFFFF:x}";

        Assert.Equal(HttpStatusCode.OK, (await From(api, $"{subscriber}::1")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await From(api, $"{subscriber}::2")).StatusCode);
        // Whatever the client itself wrote into the header stands before what the gateway added.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await From(api, $"198.51.100.9, {subscriber}::3")).StatusCode);
    }

    [Fact]
    public async Task Logins_into_one_account_are_counted_whoever_tries()
    {
        await using var api = await Start(new() { ["RateLimits:Anonymous:LoginPerName:Permits"] = "1" });
        var name = $"alice{RunningClientApi.NewId()}";

        Assert.Equal(HttpStatusCode.OK, (await api.Get($"/login/{name}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await api.Get($"/login/{name.ToUpperInvariant()}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Get($"/login/{name}x")).StatusCode);
    }

    [Fact]
    public async Task Without_redis_the_process_counts_for_itself()
    {
        await using var api = await Start(new() { ["RateLimits:Person:Posts:Permits"] = "1" }, redis: NoRedis);
        api.Services.GetRequiredService<RevokedTokenList>().Complete();
        var token = api.Token();

        var accepted = await Post(api, token);
        var refused = await Post(api, token);

        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal("redis", accepted.Headers.GetValues("Microblog-Standby").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(Header(refused, "Reset"));
    }

    [Fact]
    public async Task A_redis_that_hangs_and_comes_back_is_counted_in_again()
    {
        await using var redis = new RedisBehindADoor((await SharedServers.Get()).Redis);
        var clock = new FixedClock(TimeProvider.System.GetUtcNow());
        await using var api = await Start(ImpatientRedis, redis.ConnectionString, clock);
        api.Services.GetRequiredService<RevokedTokenList>().Complete();
        var token = api.Token();

        var during = await Post(api, token);
        redis.Open();
        var watch = Stopwatch.StartNew();
        HttpResponseMessage after;
        do
        {
            // Each time beyond the rest that follows a failure; the connection needs real time.
            clock.Now += TimeSpan.FromSeconds(6);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            after = await Post(api, token);
        }
        while (IsOnStandby(after) && watch.Elapsed < TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.OK, during.StatusCode);
        Assert.True(IsOnStandby(during));
        Assert.False(IsOnStandby(after));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Health_is_not_counted()
    {
        await using var api = await Start();

        Assert.Null(Header(await api.Get("/health/live"), "Limit"));
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await using var api = await Start(new()
        {
            ["RateLimits:Enabled"] = "false",
            ["RateLimits:Person:Posts:Permits"] = "1",
        });
        var token = api.Token();

        Assert.Equal(HttpStatusCode.OK, (await Post(api, token)).StatusCode);
        var second = await Post(api, token);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Null(Header(second, "Remaining"));
    }

    [Theory]
    [InlineData("RateLimits:Persons:Posts:Permits", "1")]
    [InlineData("RateLimits:Person:Post:Permits", "1")]
    [InlineData("RateLimits:Person:Posts:Permits", "0")]
    [InlineData("RateLimits:Person:Posts:Window", "00:00:00")]
    public async Task A_wrong_setting_stops_the_service(string setting, string value) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Start(new() { [setting] = value }));

    private static Task<RunningClientApi> Start(
        Dictionary<string, string?>? settings = null,
        string? redis = null,
        TimeProvider? clock = null) => RunningClientApi.Start(Map, settings, redis, clock);

    private static void Map(WebApplication app)
    {
        app.MapGet("/things", () => new EmptyObject());
        app.MapGet("/refused", () => new EmptyObject()).RequireScope("read");
        app.MapGet("/broken", EmptyObject () => throw new InvalidOperationException("broken"));
        app.MapGet("/health/live", () => new EmptyObject());
        app.MapPost("/posts", () => new EmptyObject()).RequireScope("write:statuses").Limited(RateLimits.Posts);
        app.MapGet("/login/{name}", async (string name, HttpContext http, RateLimiter limiter) =>
        {
            await limiter.Spend(http, RateLimits.LoginPerName, name);
            return new EmptyObject();
        });
    }

    private static Task<HttpResponseMessage> Post(RunningClientApi api, string token) =>
        api.Send(HttpMethod.Post, "/posts", token);

    private static bool IsOnStandby(HttpResponseMessage answer) => answer.Headers.Contains(StandbyHeader.Name);

    private static async Task<HttpResponseMessage> From(RunningClientApi api, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        return await api.Client.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues($"X-RateLimit-{name}", out var values) ? values.Single() : null;
}
