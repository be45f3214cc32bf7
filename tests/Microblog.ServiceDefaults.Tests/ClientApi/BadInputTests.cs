using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class BadInputTests(ReadingFixture fixture) : IClassFixture<ReadingFixture>
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";

    // UTF-8 has no encoding for half a surrogate pair; these bytes are what it would look like.
    private static readonly byte[] LoneSurrogate = [0xED, 0xA0, 0x80];

    [Theory]
    [InlineData("status=a%00b")]
    [InlineData("status=%ED%A0%80")]
    [InlineData("status=%FF")]
    public async Task Invalid_characters_in_a_query_or_form_are_refused_with_the_field_named(string encoded)
    {
        var inQuery = await fixture.Api.Get("/read?" + encoded);
        var inForm = await fixture.Api.Send(HttpMethod.Post, "/read", body: RequestFieldsTests.Form(encoded));

        await AssertRefused(inQuery, HttpStatusCode.UnprocessableEntity, "Status contains invalid characters");
        await AssertRefused(inForm, HttpStatusCode.UnprocessableEntity, "Status contains invalid characters");
    }

    [Theory]
    [InlineData("""{"status":"a\u0000b"}""", "Status")]
    [InlineData("""{"status":"\ud800"}""", "Status")]
    [InlineData("""{"status":"\udc00\ud800"}""", "Status")]
    [InlineData("""{"poll":{"options":["fine","\ud800"]}}""", "Poll options")]
    public async Task Invalid_characters_in_json_are_refused_with_the_field_named(string json, string field)
    {
        var answer = await fixture.Api.Send(HttpMethod.Post, "/read", body: RequestFieldsTests.Json(json));

        await AssertRefused(answer, HttpStatusCode.UnprocessableEntity, $"{field} contains invalid characters");
    }

    [Fact]
    public async Task Raw_bytes_that_are_not_utf8_are_refused_with_the_field_named()
    {
        byte[] json = [.. """{"status":" """u8, .. LoneSurrogate, .. "\"}"u8];
        byte[] form = [.. "status="u8, .. LoneSurrogate];
        var multipart = new MultipartFormDataContent { { new ByteArrayContent(LoneSurrogate), "status" } };

        await AssertRefused(await Post(json, JsonType), HttpStatusCode.UnprocessableEntity, "Status contains invalid");
        await AssertRefused(await Post(form, FormType), HttpStatusCode.UnprocessableEntity, "Status contains invalid");
        await AssertRefused(
            await fixture.Api.Send(HttpMethod.Post, "/read", body: multipart),
            HttpStatusCode.UnprocessableEntity,
            "Status contains invalid");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"status\":}")]
    [InlineData("hello")]
    public async Task Malformed_json_is_refused(string json)
    {
        var answer = await fixture.Api.Send(HttpMethod.Post, "/read", body: RequestFieldsTests.Json(json));

        await AssertRefused(answer, HttpStatusCode.BadRequest, "The request body is not valid JSON");
    }

    [Fact]
    public async Task Json_that_is_no_object_is_refused()
    {
        var answer = await fixture.Api.Send(HttpMethod.Post, "/read", body: RequestFieldsTests.Json("[1]"));

        await AssertRefused(answer, HttpStatusCode.BadRequest, "must be a JSON object");
    }

    [Theory]
    [InlineData(33)]
    [InlineData(100_000)]
    public async Task Deeply_nested_json_is_refused(int depth)
    {
        var json = new StringBuilder().Insert(0, "{\"a\":", depth).Append('1').Append('}', depth).ToString();

        var answer = await fixture.Api.Send(HttpMethod.Post, "/read", body: RequestFieldsTests.Json(json));

        await AssertRefused(answer, HttpStatusCode.BadRequest, "nested deeper than 32 levels");
    }

    [Fact]
    public async Task More_objects_than_the_bound_are_refused_even_when_they_are_empty()
    {
        var json = "{\"fields_attributes\":[" + string.Join(',', Enumerable.Repeat("{}", 300_000)) + "]}";

        var answer = await fixture.Api.Send(HttpMethod.Post, "/read", body: RequestFieldsTests.Json(json));

        await AssertRefused(answer, HttpStatusCode.BadRequest, "Too many parameters");
    }

    [Fact]
    public async Task Deeply_nested_names_are_refused()
    {
        var name = "a" + string.Concat(Enumerable.Repeat("[b]", 100));

        await AssertRefused(await fixture.Api.Get($"/read?{name}=1"), HttpStatusCode.BadRequest, "nested deeper");
    }

    [Fact]
    public async Task Malformed_multipart_is_refused()
    {
        var answer = await Post("--x\r\nnot a header"u8.ToArray(), "multipart/form-data; boundary=x");

        await AssertRefused(answer, HttpStatusCode.BadRequest, "not valid multipart/form-data");
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    [InlineData(10_000, false)]
    public async Task More_parameters_than_the_bound_are_refused(int count, bool isAccepted)
    {
        var query = string.Join('&', Enumerable.Repeat("a=1", count));

        var inQuery = await fixture.Api.Get("/read?" + query);
        var inForm = await fixture.Api.Send(HttpMethod.Post, "/read", body: RequestFieldsTests.Form(query));

        foreach (var answer in new[] { inQuery, inForm })
        {
            if (isAccepted)
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            else
                await AssertRefused(answer, HttpStatusCode.BadRequest, "Too many parameters: at most 1000");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_the_bound_is_refused(bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/read");
        request.Content = new ByteArrayContent(new byte[(1 << 20) + 1]);
        request.Content.Headers.ContentType = new(FormType);
        request.Headers.TransferEncodingChunked = isChunked;
        // Refused by its length alone, the rest might meet a connection that is closed already.
        request.Headers.ExpectContinue = !isChunked;

        var answer = await fixture.Api.Client.SendAsync(request);

        await AssertRefused(answer, HttpStatusCode.RequestEntityTooLarge, "The request body is too large");
    }

    [Fact]
    public async Task A_body_of_exactly_the_bound_is_read()
    {
        var body = "status=" + new string('a', (1 << 20) - "status=".Length);

        var read = await fixture.Read(HttpMethod.Post, "/read", RequestFieldsTests.Form(body));

        Assert.Equal(body.Length - "status=".Length, read.GetProperty("status").GetString()!.Length);
    }

    [Theory]
    [InlineData("max_id=abc", "max_id")]
    [InlineData("since_id=1.5", "since_id")]
    [InlineData("min_id=0x10", "min_id")]
    [InlineData("limit=many", "limit")]
    [InlineData("in_reply_to_id=abc", "in_reply_to_id")]
    [InlineData("media_ids[]=abc", "media_ids[]")]
    [InlineData("poll[expires_in]=soon", "poll[expires_in]")]
    [InlineData("scheduled_at=tomorrow", "scheduled_at")]
    public async Task What_is_no_number_is_refused_with_the_parameter_named(string query, string name) =>
        await AssertRefused(
            await fixture.Api.Get("/read?" + query),
            HttpStatusCode.BadRequest,
            $"The parameter {name} must be");

    [Fact]
    public async Task A_negative_limit_is_refused_in_the_words_clients_know()
    {
        var answer = await fixture.Api.Get("/read?limit=-1");

        await AssertRefused(
            answer,
            HttpStatusCode.BadRequest,
            "Pagination values for `offset` and `limit` must be positive");
    }

    [Theory]
    [InlineData("/things/abc")]
    [InlineData("/things/99999999999999999999")]
    [InlineData("/things/1.5")]
    public async Task An_id_in_a_path_that_can_be_nobodys_is_not_found(string path) =>
        await AssertRefused(await fixture.Api.Get(path), HttpStatusCode.NotFound, "Record not found");

    [Fact]
    public async Task An_id_in_a_field_that_can_be_nobodys_is_not_found() =>
        await AssertRefused(
            await fixture.Api.Get("/read?in_reply_to_id=99999999999999999999"),
            HttpStatusCode.NotFound,
            "Record not found");

    private async Task<HttpResponseMessage> Post(byte[] bytes, string contentType)
    {
        var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await fixture.Api.Send(HttpMethod.Post, "/read", body: body);
    }

    private async Task AssertRefused(HttpResponseMessage answer, HttpStatusCode status, string sentence)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(sentence, await RunningClientApi.ErrorOf(answer), StringComparison.Ordinal);
        Assert.Empty(fixture.Api.Log.Entries);
    }
}
