using System.Net;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class ClientErrorAnswersTests : IAsyncLifetime
{
    private RunningClientApi _api = null!;

    public static TheoryData<string> Outages => ["redis", "broker", "timeout", "postgres"];

    public async Task InitializeAsync() => _api = await RunningClientApi.Start(Map);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task An_unknown_path_is_not_found()
    {
        var answer = await _api.Get("/api/v1/nothing");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Record not found", await RunningClientApi.ErrorOf(answer));
    }

    [Fact]
    public async Task A_wrong_method_is_named_in_json()
    {
        var answer = await _api.Send(HttpMethod.Delete, "/fine");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("GET", Assert.Single(answer.Content.Headers.Allow));
        Assert.Equal("The method is not allowed here", await RunningClientApi.ErrorOf(answer));
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_dependency_that_is_away_answers_503_and_when_to_come_back(string dependency)
    {
        var answer = await _api.Get($"/away/{dependency}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(
            "There was a temporary problem serving your request, please try again",
            await RunningClientApi.ErrorOf(answer));
        Assert.Null(Assert.Single(_api.Log.Entries).Exception);
    }

    [Fact]
    public async Task What_is_unexpected_shows_nothing_of_the_inside_and_is_logged_once()
    {
        var answer = await _api.Get("/broken");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var entry = Assert.Single(_api.Log.Entries);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Equal("secret inside", entry.Exception?.Message);
    }

    [Fact]
    public async Task An_expected_refusal_keeps_its_words_and_leaves_no_trace_in_the_log()
    {
        var answer = await _api.Get("/gone");

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Equal("It is gone", await RunningClientApi.ErrorOf(answer));
        Assert.Empty(_api.Log.Entries);
    }

    [Fact]
    public async Task A_client_that_left_is_not_an_error()
    {
        using var leaving = new CancellationTokenSource();
        var call = _api.Client.GetAsync("/slow", leaving.Token);
        await Slow.Entered.Task;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Slow.Left.Task;
        await _api.DisposeAsync();
        Assert.Empty(_api.Log.Entries);
    }

    [Fact]
    public async Task Head_answers_as_get_does_without_a_body()
    {
        var answer = await _api.Send(HttpMethod.Head, "/fine");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_empty_success_is_an_empty_object()
    {
        var answer = await _api.Get("/fine");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/fine")]
    [InlineData("/fine/")]
    public async Task A_slash_at_the_end_changes_nothing(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await _api.Get(path)).StatusCode);

    [Fact]
    public async Task Parts_on_standby_are_named_once_each()
    {
        var answer = await _api.Get("/standby");

        Assert.Equal("rabbitmq, postgres", answer.Headers.GetValues("Microblog-Standby").Single());
    }

    [Fact]
    public async Task A_typed_error_has_the_words_of_the_client_api()
    {
        var answer = await _api.Get("/oauth");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            """{"error":"invalid_grant","error_description":"The code is over"}""",
            await answer.Content.ReadAsStringAsync());
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/fine", () => new EmptyObject());
        app.MapGet("/broken", EmptyObject () => throw new InvalidOperationException("secret inside"));
        app.MapGet("/gone", EmptyObject () => throw new ClientException(410, "It is gone"));
        app.MapGet("/oauth", () => ClientErrors.With(400, "invalid_grant", "The code is over"));
        app.MapGet("/away/{dependency}", EmptyObject (string dependency) => throw (dependency switch
        {
            "redis" => new RedisAwayException("away"),
            "broker" => new BrokerAwayException("away"),
            "postgres" => new NpgsqlException("away", new IOException("connection reset")),
            _ => new TimeoutException("away"),
        }));
        app.MapGet("/slow", Slow.Handle);
        app.MapGet("/standby", (HttpContext http) =>
        {
            StandbyHeader.Mark(http, "rabbitmq");
            StandbyHeader.Mark(http, "postgres");
            StandbyHeader.Mark(http, "rabbitmq");
            return new EmptyObject();
        });
    }

    private static class Slow
    {
        public static readonly TaskCompletionSource Entered = new();
        public static readonly TaskCompletionSource Left = new();

        public static async Task<EmptyObject> Handle(CancellationToken cancellationToken)
        {
            Entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return new();
            }
            finally
            {
                Left.SetResult();
            }
        }
    }
}
