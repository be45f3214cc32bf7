using System.Net;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class AccessTests(AccessTests.Fixture fixture) : IClassFixture<AccessTests.Fixture>
{
    private const string InvalidToken = "The access token is invalid";

    [Fact]
    public async Task A_token_says_who_calls()
    {
        var accountId = RunningClientApi.NewId();

        var answer = await fixture.Api.Get("/person", fixture.Api.Token(accountId: accountId));

        Assert.Equal($"[\"{accountId} alice\"]", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/person")]
    [InlineData("/any")]
    public async Task Without_a_token_what_needs_one_answers_401(string path)
    {
        var answer = await fixture.Api.Get(path);

        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        await AssertError(answer, HttpStatusCode.Unauthorized, InvalidToken);
    }

    [Theory]
    [InlineData("/person")]
    [InlineData("/any")]
    [InlineData("/optional")]
    public async Task A_bad_token_answers_401_even_where_none_is_needed(string path)
    {
        var good = fixture.Api.Token();
        var over = fixture.Api.Services.GetRequiredService<AccessTokens>()
            .Issue(ACaller.Who(RunningClientApi.NewId(), "read"), DateTimeOffset.UnixEpoch);

        foreach (var bad in new[] { good[..^1], good[..20], good + "A", "nonsense", over, new string('a', 9_000) })
            await AssertError(await fixture.Api.Get(path, bad), HttpStatusCode.Unauthorized, InvalidToken);
    }

    [Fact]
    public async Task A_token_of_another_key_ring_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("microblog-keys-").FullName;
        await using var other = await RunningClientApi.Start(
            _ => { },
            new() { ["Microblog:KeyRing"] = folder },
            configure: builder => builder.Services.AddHostedService(services =>
                new KeyRingOfItsOwn(services.GetRequiredService<KeyRing>().Create)));

        var answer = await fixture.Api.Get("/person", other.Token());

        await AssertError(answer, HttpStatusCode.Unauthorized, InvalidToken);
    }

    [Fact]
    public async Task A_token_without_the_scope_answers_403()
    {
        const string Outside = "This action is outside the authorized scopes";
        var token = fixture.Api.Token("read:accounts push");

        await AssertError(await fixture.Api.Get("/person", token), HttpStatusCode.Forbidden, Outside);
        await AssertError(await fixture.Api.Get("/optional", token), HttpStatusCode.Forbidden, Outside);
    }

    [Fact]
    public async Task One_of_several_scopes_is_enough()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusFor("profile"));
        Assert.Equal(HttpStatusCode.OK, await StatusFor("read"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusFor("push"));

        async Task<HttpStatusCode> StatusFor(string scopes) =>
            (await fixture.Api.Get("/either", fixture.Api.Token(scopes))).StatusCode;
    }

    [Fact]
    public async Task An_applications_own_token_is_no_person()
    {
        var token = fixture.Api.Token(accountId: 0);

        await AssertError(
            await fixture.Api.Get("/person", token),
            HttpStatusCode.UnprocessableEntity,
            "This method requires an authenticated user");
        Assert.Equal("[\"application\"]", await (await fixture.Api.Get("/any", token)).Content.ReadAsStringAsync());
        Assert.Equal("[\"nobody\"]", await (await fixture.Api.Get("/optional", token)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_optional_token_shows_the_viewer()
    {
        Assert.Equal("[\"nobody\"]", await (await fixture.Api.Get("/optional")).Content.ReadAsStringAsync());
        Assert.Equal(
            "[\"alice\"]",
            await (await fixture.Api.Get("/optional", fixture.Api.Token())).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_public_endpoint_does_not_look_at_the_token() =>
        Assert.Equal(HttpStatusCode.OK, (await fixture.Api.Get("/public", "nonsense")).StatusCode);

    [Fact]
    public async Task A_token_in_the_address_counts_for_streaming_only()
    {
        var token = fixture.Api.Token();
        using var webSocket = new HttpRequestMessage(HttpMethod.Get, "/stream");
        webSocket.Headers.Add("Sec-WebSocket-Protocol", token);

        Assert.Equal(HttpStatusCode.OK, (await fixture.Api.Get($"/stream?access_token={token}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Api.Client.SendAsync(webSocket)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await fixture.Api.Get($"/person?access_token={token}")).StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_is_refused()
    {
        var tokens = fixture.Api.Services.GetRequiredService<AccessTokens>();
        var now = TimeProvider.System.GetUtcNow();
        var caller = ACaller.Who(RunningClientApi.NewId(), "read");
        var token = tokens.Issue(caller, now);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Api.Get("/person", token)).StatusCode);

        fixture.Api.Services.GetRequiredService<RevokedTokenList>().Add(caller.TokenId, tokens.ExpiresAt(now));

        await AssertError(await fixture.Api.Get("/person", token), HttpStatusCode.Unauthorized, InvalidToken);
    }

    [Fact]
    public void A_token_is_long_and_made_of_letters_that_a_web_socket_allows()
    {
        for (var i = 0; i < 200; i++)
            Assert.Matches("^[A-Za-z0-9_-]{43,1000}$", fixture.Api.Token());
    }

    [Fact]
    public void A_token_carries_its_caller_through()
    {
        var caller = ACaller.Who(RunningClientApi.NewId(), "read write:statuses", Tiers.Outlet);
        var tokens = fixture.Api.Services.GetRequiredService<AccessTokens>();
        var now = TimeProvider.System.GetUtcNow();

        var read = tokens.Read(tokens.Issue(caller, now), now)!;

        Assert.Equal(caller with { Scopes = read.Scopes }, read);
        Assert.Equal(caller.Scopes, read.Scopes);
    }

    [Fact]
    public void A_misspelt_scope_stops_the_service()
    {
        var app = WebApplication.CreateBuilder().Build();

        Assert.Throws<InvalidOperationException>(() => app.MapGet("/", () => "").RequireScope("read:status"));
    }

    private static async Task AssertError(HttpResponseMessage answer, HttpStatusCode status, string error)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(error, await RunningClientApi.ErrorOf(answer));
    }

    /// <summary>Endpoints with each kind of access.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public RunningClientApi Api { get; private set; } = null!;

        public async Task InitializeAsync() => Api = await RunningClientApi.Start(app =>
        {
            app.MapGet("/public", () => "anybody");
            app.MapGet("/person", Person).RequireScope("read:statuses");
            app.MapGet("/either", Person).RequireScope("read:accounts", "profile");
            app.MapGet("/stream", Person).RequireScope("read:statuses").AllowTokenInQuery();
            app.MapGet("/any", Application).RequireAppOrUser();
            app.MapGet("/optional", Viewer).AllowScope("read:statuses");
        });

        public async Task DisposeAsync() => await Api.DisposeAsync();

        private static string[] Person(Caller caller) => [$"{caller.AccountId} {caller.Username}"];

        private static string[] Application(Caller caller) => [caller.IsApplication ? "application" : caller.Username];

        private static string[] Viewer(Caller? viewer) => [viewer?.Username ?? "nobody"];
    }
}
