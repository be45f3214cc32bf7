using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Microblog.EndToEnd.Tests;

/// <summary>What breaks real clients: one test for each trap.</summary>
public sealed partial class ClientTrapTests
{
    [Fact]
    public async Task Dates_have_exactly_three_fraction_digits_and_end_in_Z()
    {
        var (alice, post) = await AliceWithAPost();

        var status = (await alice.Get($"/api/v1/statuses/{post}")).Ok();
        var account = (await alice.Get("/api/v1/accounts/verify_credentials")).Ok();

        Assert.Matches(Date(), (string)status["created_at"]!);
        Assert.Matches(Date(), (string)account["created_at"]!);
    }

    [Fact]
    public async Task Link_is_absolute_and_has_next_before_prev()
    {
        var (alice, _) = await AliceWithAPost();
        await Eventually.Is(async () => (await alice.Home()).Length == 1);

        var link = (await alice.Get("/api/v1/timelines/home?limit=5")).Header("Link");

        Assert.Matches(
            @"^<http://[^,]+max_id=\d+[^,]*>; rel=""next"", <http://[^,]+min_id=\d+[^,]*>; rel=""prev""$",
            link);
    }

    [Fact]
    public async Task An_empty_page_has_no_Link()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");

        Assert.Null((await alice.Get("/api/v1/timelines/home")).Header("Link"));
        Assert.Null((await alice.Get("/api/v1/notifications")).Header("Link"));
    }

    [Theory]
    [InlineData("?limit=2&max_id=99999999999999999&limit=2")]
    [InlineData("?limit=")]
    [InlineData("?limit=100000")]
    [InlineData("?limit=40&unknown=1&unknown[]=2")]
    public async Task Repeated_empty_and_large_parameters_are_fine(string query)
    {
        var (alice, _) = await AliceWithAPost();

        Assert.Equal(HttpStatusCode.OK, (await alice.Get("/api/v1/timelines/home" + query)).Status);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("off", false)]
    [InlineData("", false)]
    public async Task Booleans_come_in_many_forms(string sent, bool meant)
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        using var form = new FormUrlEncodedContent([new("status", "careful"), new("sensitive", sent)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/statuses") { Content = form };

        Assert.Equal(meant, (bool)(await alice.Send(request)).Ok()["sensitive"]!);
    }

    [Fact]
    public async Task A_write_takes_json_forms_multipart_and_nothing()
    {
        var (alice, post) = await AliceWithAPost();
        HttpContent?[] bodies =
        [
            JsonContent.Create(new { status = "as json", media_ids = Array.Empty<string>(), spoiler_text = "" }),
            new FormUrlEncodedContent([new("status", "as a form")]),
            new MultipartFormDataContent { { new StringContent("as multipart"), "status" } },
        ];

        foreach (var body in bodies)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/statuses") { Content = body };
            (await alice.Send(request)).Ok();
        }

        (await alice.Post($"/api/v1/statuses/{post}/favourite")).Ok();
    }

    [Theory]
    [InlineData("id=ID")]
    [InlineData("id[]=ID")]
    public async Task A_list_of_ids_may_come_with_or_without_brackets(string query)
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));

        var answer = await alice.Get("/api/v1/accounts/relationships?"
            + query.Replace("ID", bob.Id, StringComparison.Ordinal));

        Assert.Equal(bob.Id, (string?)Assert.Single(answer.Ok().AsArray())!["id"]);
    }

    [Theory]
    [InlineData("/api/v1/statuses/1")]
    [InlineData("/api/v1/accounts/1")]
    [InlineData("/api/v1/nonsense")]
    [InlineData("/api/v1/timelines/home")]
    public async Task Every_answer_is_json_and_errors_say_what_is_wrong(string path)
    {
        var system = await RunningSystem.Get();

        var answer = await Answer.Of(await system.Http.GetAsync(path));

        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(answer.Error);
    }

    [Fact]
    public async Task What_has_nothing_to_say_answers_an_empty_object()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");

        var answer = await alice.Post("/api/v1/notifications/clear");

        Assert.Equal("{}", answer.Ok().ToJsonString());
        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Ids_are_decimal_strings_in_64_bits_that_sort_by_time()
    {
        var (alice, first) = await AliceWithAPost();
        var second = await alice.Write("later");

        Assert.True(long.Parse(first, CultureInfo.InvariantCulture) < long.Parse(second, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("/api/v1/instance")]
    [InlineData("/api/v1/instance/")]
    public async Task The_instance_is_there_with_and_without_a_slash_and_has_a_version_of_three_numbers(string path)
    {
        var system = await RunningSystem.Get();

        var instance = (await Answer.Of(await system.Http.GetAsync(path))).Ok();

        Assert.Matches(@"^\d+\.\d+\.\d+ ", (string)instance["version"]!);
        Assert.StartsWith("ws://", (string)instance["urls"]!["streaming_api"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)instance["title"]!);
        Assert.NotEmpty((string)instance["uri"]!);
    }

    [Fact]
    public async Task The_second_instance_document_promises_nothing_that_is_missing()
    {
        var system = await RunningSystem.Get();

        var instance = (await Answer.Of(await system.Http.GetAsync("/api/v2/instance"))).Ok();

        Assert.NotNull(instance["configuration"]!["urls"]!["streaming"]);
        Assert.Null(instance["api_versions"]);
    }

    [Fact]
    public async Task Rate_limit_headers_come_all_three_and_reset_in_the_future()
    {
        var (alice, _) = await AliceWithAPost();

        var answer = await alice.Get("/api/v1/timelines/home");

        var limit = int.Parse(answer.Header("X-RateLimit-Limit")!, CultureInfo.InvariantCulture);
        Assert.InRange(int.Parse(answer.Header("X-RateLimit-Remaining")!, CultureInfo.InvariantCulture), 0, limit);
        var reset = DateTimeOffset.Parse(answer.Header("X-RateLimit-Reset")!, CultureInfo.InvariantCulture);
        Assert.True(reset > TimeProvider.System.GetUtcNow(), $"{reset} is past.");
    }

    [Fact]
    public async Task A_token_names_its_scope_and_no_expiry()
    {
        var system = await RunningSystem.Get();
        var app = await Application.Register(system);

        var token = (await Answer.Of(await system.Http.PostAsJsonAsync("/oauth/token", new
        {
            grant_type = "client_credentials",
            client_id = app.ClientId,
            client_secret = app.ClientSecret,
            scope = Person.AllScopes,
        }))).Ok();

        Assert.False(token.AsObject().ContainsKey("expires_in"));
        Assert.Equal(Person.AllScopes, (string?)token["scope"]);
        Assert.Matches("^[A-Za-z0-9_-]{43,}$", (string)token["access_token"]!);
    }

    [Fact]
    public async Task Keys_that_clients_read_unguarded_are_present_even_when_null()
    {
        var (alice, post) = await AliceWithAPost();

        var status = (await alice.Get($"/api/v1/statuses/{post}")).Ok().AsObject();

        string[] keys =
            ["in_reply_to_id", "reblog", "card", "poll", "mentions", "emojis", "media_attachments", "spoiler_text"];
        Assert.All(keys, key => Assert.True(status.ContainsKey(key), key));
        Assert.IsType<JsonArray>(status["account"]!["fields"]);
    }

    [Theory]
    [InlineData("/api/v1/timelines/public")]
    [InlineData("/oauth/token")]
    public async Task A_browser_on_another_origin_may_ask(string path)
    {
        var system = await RunningSystem.Get();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path)
        {
            Headers =
            {
                { "Origin", "https://elk.example" },
                { "Access-Control-Request-Method", "POST" },
                { "Access-Control-Request-Headers", "authorization,content-type,idempotency-key" },
            },
        };

        var answer = await Answer.Of(await system.Http.SendAsync(preflight));

        Assert.True(answer.Response.IsSuccessStatusCode);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("POST", answer.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
    }

    private static async Task<(Person Alice, string Post)> AliceWithAPost()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        return (alice, await alice.Write("a post"));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Date();
}
