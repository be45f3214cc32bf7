using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Microblog.EndToEnd.Tests;

/// <summary>
/// Nonsense through the gateway: a clear refusal in the client's format, nothing stored, nothing in the log.
/// </summary>
public sealed class BadInputTests
{
    private const int TooLong = 501;

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "blank", """{"status":"  "}""", 422 },
        { "too long", $$"""{"status":"{{new string('x', TooLong)}}"}""", 422 },
        { "NUL", """{"status":"a\u0000b"}""", 422 },
        { "a lone surrogate", """{"status":"a\ud800b"}""", 422 },
        { "an unknown reply target", """{"status":"a","in_reply_to_id":"1"}""", 404 },
        { "a reply target that is no id", """{"status":"a","in_reply_to_id":"x"}""", 400 },
        { "an unknown visibility", """{"status":"a","visibility":"secret"}""", 422 },
        { "broken JSON", """{"status":"a""", 400 },
        { "deep JSON", string.Concat(Enumerable.Repeat("""{"a":""", 500)), 400 },
        { "an object for a text", """{"status":{"a":"b"}}""", 422 },
        { "5 MB", $$"""{"status":"{{new string('x', 5_000_000)}}"}""", 413 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_post_is_refused_with_a_sentence(string what, string body, int status)
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/statuses")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };

        var answer = await alice.Send(request);

        Assert.True(status == (int)answer.Status, $"{what} answered {answer.Status}: {answer.Body}");
        Assert.NotEmpty(answer.Error);
        Assert.Empty(Person.Ids((await alice.Get($"/api/v1/accounts/{alice.Id}/statuses")).Ok()));
        Assert.DoesNotContain(" failed in trace ", system.Logs(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_parameters_are_refused()
    {
        var system = await RunningSystem.Get();
        var query = string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"a{i}=1"));

        var answer = await Answer.Of(await system.Http.GetAsync($"/api/v1/timelines/public?{query}"));

        Assert.InRange((int)answer.Status, 400, 499);
        Assert.NotEmpty(answer.Error);
    }

    [Fact]
    public async Task A_header_in_another_encoding_is_answered_in_the_clients_format()
    {
        var system = await RunningSystem.Get();
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
        using var http = new HttpClient(handler) { BaseAddress = system.Origin };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/timelines/home");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer \u00e9");

        var answer = await Answer.Of(await http.SendAsync(request));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("The access token is invalid", answer.Error);
    }

    [Theory]
    [InlineData("GET", "/api/v1/statuses/99999999999999999999999")]
    [InlineData("GET", "/api/v1/statuses/-1")]
    [InlineData("GET", "/api/v1/accounts/0")]
    [InlineData("GET", "/api/v1/statuses/abc/context")]
    [InlineData("POST", "/api/v1/statuses/1/favourite")]
    [InlineData("POST", "/api/v1/statuses/1/reblog")]
    [InlineData("DELETE", "/api/v1/statuses/1")]
    [InlineData("POST", "/api/v1/accounts/1/follow")]
    [InlineData("POST", "/api/v1/accounts/99999999999999999999999/block")]
    [InlineData("GET", "/api/v1/notifications/1")]
    public async Task An_id_of_nobody_is_not_found(string method, string path)
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");

        var answer = await alice.Send(new(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("Record not found", answer.Error);
    }

    [Fact]
    public async Task What_belongs_to_another_cannot_be_touched()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        var post = await alice.Write("mine");

        Assert.Equal(HttpStatusCode.NotFound, (await bob.Delete($"/api/v1/statuses/{post}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Post($"/api/v1/accounts/{bob.Id}/follow")).Status);
        (await alice.Get($"/api/v1/statuses/{post}")).Ok();
    }

    [Fact]
    public async Task A_deleted_post_cannot_be_replied_to()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        var post = await alice.Write("short-lived");
        (await alice.Delete($"/api/v1/statuses/{post}")).Ok();

        var answer = await alice.Post("/api/v1/statuses", new { status = "too late", in_reply_to_id = post });

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task Script_comes_back_as_text()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        const string Script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

        var post = (await alice.Post("/api/v1/statuses", new { status = Script, spoiler_text = Script })).Ok();

        Assert.DoesNotContain("<script", (string)post["content"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", (string)post["content"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Without_a_good_token_there_is_no_home(string? token)
    {
        var system = await RunningSystem.Get();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/timelines/home");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var answer = await Answer.Of(await system.Http.SendAsync(request));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("The access token is invalid", answer.Error);
    }

    [Fact]
    public async Task A_truncated_and_a_revoked_token_are_refused_by_every_service()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        string[] paths =
        [
            "/api/v1/accounts/verify_credentials",
            "/api/v1/timelines/home",
            $"/api/v1/accounts/relationships?id={alice.Id}",
            "/api/v1/media/1",
        ];

        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.Unauthorized, (await Get(system, path, alice.Token[..^5])).Status);

        (await alice.RevokeToken()).Ok();

        foreach (var path in paths)
            await Eventually.Is(async () =>
                (await Get(system, path, alice.Token)).Status == HttpStatusCode.Unauthorized);
    }

    private static async Task<Answer> Get(RunningSystem system, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        return await Answer.Of(await system.Http.SendAsync(request));
    }
}
