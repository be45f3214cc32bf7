using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Microblog.Ingest.Tests;

/// <summary>
/// Nonsense is refused with a sentence that names the field; nothing is published, stored or logged as a fault.
/// </summary>
[Collection(Together.Name)]
public class BadInputTests(RunningIngest ingest)
{
    private const string Blank = "Validation failed: Text can't be blank";
    private const string TooLong = "Validation failed: Text character limit of 500 exceeded";
    private const string WrongVisibility = "Validation failed: Visibility must be public, unlisted, private or direct";
    private const string NotJson = "The request body is not valid JSON, or nested deeper than 32 levels";
    private const string NotFound = "Record not found";
    private const string InvalidStatus = "Validation failed: Status contains invalid characters";

    public static TheoryData<string, int, string> Bodies => new()
    {
        { "{}", 422, Blank },
        { """{"status":""}""", 422, Blank },
        { """{"status":" \u200b\n"}""", 422, Blank },
        { """{"status":null}""", 422, Blank },
        { """{"status":{"a":1}}""", 422, Blank },
        { Status(new('a', 501)), 422, TooLong },
        { Status(new('a', 500_000)), 422, TooLong },
        { Status(string.Concat(Enumerable.Repeat("\u0301", 100_000))), 422, TooLong },
        { """{"status":"a\u0000b"}""", 422, InvalidStatus },
        { """{"status":"a\ud800b"}""", 422, InvalidStatus },
        { """{"status":"a","visibility":"everyone"}""", 422, WrongVisibility },
        { """{"status":"a","visibility":3}""", 422, WrongVisibility },
        { """{"status":"a","language":"<script>"}""", 422, "Validation failed: Language must be an ISO 639 code" },
        {
            """{"status":"a","media_ids":["1"]}""",
            422,
            "Validation failed: Media ids must be empty: this server does not offer media yet"
        },
        {
            """{"status":"a","poll":{"options":["x","y"]}}""",
            422,
            "Validation failed: Poll options must be empty: this server does not offer polls yet"
        },
        {
            """{"status":"a","scheduled_at":"2030-01-01T00:00:00Z"}""",
            422,
            "Validation failed: Scheduled at must be empty: this server does not offer scheduled posts yet"
        },
        { """{"status":"a","in_reply_to_id":"x"}""", 400, "The parameter in_reply_to_id must be an id" },
        { """{"status":"a","in_reply_to_id":"1"}""", 404, NotFound },
        { """{"status":"a","in_reply_to_id":"-1"}""", 404, NotFound },
        { """{"status":"a","in_reply_to_id":"99999999999999999999"}""", 404, NotFound },
        { """{"status":""", 400, NotJson },
        { "[1]", 400, "The request body must be a JSON object" },
        { Deep(50_000), 400, NotJson },
        { Status(new('a', 5 << 20)), 413, "The request body is too large" },
        { Status(Words("@a", 51)), 422, "Validation failed: Text mentions more than 50 accounts" },
        { Status(Words("#a", 51)), 422, "Validation failed: Text has more than 50 hashtags" },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task A_post_like_this_is_refused(string body, int status, string error)
    {
        var author = await ingest.NewPerson();

        using var answer = await author.TryPost(body);

        await Refused.With((HttpStatusCode)status, error, answer);
        await Refused.NothingHappened(ingest, author);
    }

    [Theory]
    [InlineData("status=a%00b")]
    [InlineData("status=a%ED%A0%80b")]
    [InlineData("status=a%FFb")]
    public async Task A_form_with_what_is_no_text_is_refused(string form)
    {
        var author = await ingest.NewPerson();
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await author.TryPost(content);

        await Refused.With(HttpStatusCode.UnprocessableEntity, InvalidStatus, answer);
        await Refused.NothingHappened(ingest, author);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        var author = await ingest.NewPerson();

        using var longest = await author.TryPost(new { status = "a" }, new('k', 255));
        using var answer = await author.TryPost(new { status = "a" }, new('k', 256));

        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        await Refused.With(
            HttpStatusCode.UnprocessableEntity,
            "Validation failed: Idempotency key is too long (maximum is 255 characters)",
            answer);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999")]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("%3Cscript%3E")]
    public async Task Nobody_has_a_post_with_such_an_id(string id)
    {
        var person = await ingest.NewPerson();

        foreach (var action in new[] { "favourite", "unfavourite", "bookmark", "unbookmark", "reblog", "unreblog" })
        {
            using var answer = await person.Try(action, id);
            await Refused.With(HttpStatusCode.NotFound, "Record not found", answer);
        }

        using var deletion = await person.TryDelete(id);
        await Refused.With(HttpStatusCode.NotFound, "Record not found", deletion);
        await Refused.NothingHappened(ingest, person);
    }

    [Theory]
    [InlineData("read", HttpStatusCode.Forbidden, "This action is outside the authorized scopes")]
    [InlineData("write:favourites", HttpStatusCode.Forbidden, "This action is outside the authorized scopes")]
    [InlineData("write:statuses", HttpStatusCode.UnprocessableEntity, "Validation failed: Text can't be blank")]
    public async Task Writing_needs_its_scope(string scopes, HttpStatusCode status, string error)
    {
        var author = await ingest.NewPerson(scopes);

        using var answer = await author.TryPost("{}");

        await Refused.With(status, error, answer);
    }

    [Fact]
    public async Task Tokens_that_are_over_cut_short_of_an_application_or_missing_are_refused()
    {
        var person = await ingest.NewPerson();
        var longAgo = TimeProvider.System.GetUtcNow().AddDays(-40_000);
        var expired = ingest.With(person.Id, person.Username, ingest.TokenFor(person.Id, issuedAt: longAgo));
        var truncated = ingest.With(person.Id, person.Username, person.Token[..^10]);
        var application = ingest.With(person.Id, person.Username, ingest.TokenFor(id: 0));

        foreach (var nobody in new[] { expired, truncated, ingest.With(person.Id, person.Username, "") })
        {
            using var answer = await nobody.TryPost(new { status = "a" });
            await Refused.With(HttpStatusCode.Unauthorized, "The access token is invalid", answer);
        }

        using var ofApplication = await application.TryPost(new { status = "a" });
        await Refused.With(
            HttpStatusCode.UnprocessableEntity, "This method requires an authenticated user", ofApplication);
        await Refused.NothingHappened(ingest, person);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_from_the_moment_it_is_heard()
    {
        var person = await ingest.NewPerson();
        var tokenId = RunningIngest.NewId();
        var holder = ingest.With(person.Id, person.Username, ingest.TokenFor(person.Id, tokenId: tokenId));
        await holder.Post("before");
        await ingest.Neighbours.Tell(new Contracts.Accounts.TokenRevoked(
            tokenId, TimeProvider.System.GetUtcNow().AddYears(1)));

        await Eventually.Is(async () =>
        {
            using var answer = await holder.TryPost("{}");
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        });
    }

    [Fact]
    public async Task Ten_thousand_parameters_are_refused()
    {
        var author = await ingest.NewPerson();
        var query = string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"a{i}=1"));

        using var answer = await author.Send(HttpMethod.Post, $"/api/v1/statuses?{query}", new { status = "a" });

        await Refused.With(HttpStatusCode.BadRequest, "Too many parameters: at most 1000 are accepted", answer);
        await Refused.NothingHappened(ingest, author);
    }

    [Fact]
    public async Task A_body_of_an_unknown_type_has_no_text()
    {
        var author = await ingest.NewPerson();
        using var body = new ByteArrayContent([0, 1, 2, 255]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        using var answer = await author.TryPost(body);

        await Refused.With(HttpStatusCode.UnprocessableEntity, "Validation failed: Text can't be blank", answer);
    }

    private static string Status(string text) => JsonSerializer.Serialize(new { status = text });

    private static string Words(string start, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(i => $"{start}{i}"));

    private static string Deep(int levels) =>
        string.Concat(Enumerable.Repeat("{\"status\":", levels)) + "1" + new string('}', levels);
}
