using System.Text;
using System.Text.Json;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class RequestFieldsTests(ReadingFixture fixture) : IClassFixture<ReadingFixture>
{
    public static TheoryData<string> BodyMethods => ["POST", "PUT", "PATCH", "DELETE"];

    [Fact]
    public async Task A_repeated_parameter_is_read_once()
    {
        var read = await fixture.Read(HttpMethod.Get, "/read?limit=2&max_id=99&limit=2");

        Assert.Equal(2, read.GetProperty("limit").GetInt32());
        Assert.Equal(99, read.GetProperty("max_id").GetInt64());
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("?limit=", 20)]
    [InlineData("?limit=0", 20)]
    [InlineData("?limit=7", 7)]
    [InlineData("?limit=1000", 40)]
    [InlineData("?limit=99999999999999999999", 40)]
    public async Task A_limit_is_clamped_and_never_refused(string query, int expected)
    {
        var read = await fixture.Read(HttpMethod.Get, "/read" + query);

        Assert.Equal(expected, read.GetProperty("limit").GetInt32());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("f", false)]
    [InlineData("F", false)]
    [InlineData("false", false)]
    [InlineData("FALSE", false)]
    [InlineData("False", false)]
    [InlineData("off", false)]
    [InlineData("OFF", false)]
    [InlineData("", false)]
    public async Task A_flag_is_read_as_every_client_writes_it(string sent, bool expected)
    {
        var inQuery = await fixture.Read(HttpMethod.Get, $"/read?sensitive={sent}");
        var inForm = await fixture.Read(HttpMethod.Post, "/read", Form($"sensitive={sent}"));

        Assert.Equal(expected, inQuery.GetProperty("sensitive").GetBoolean());
        Assert.Equal(expected, inForm.GetProperty("sensitive").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(BodyMethods))]
    public async Task A_body_may_be_json_urlencoded_or_multipart(string method)
    {
        HttpContent[] bodies =
        [
            Json(
                """
                {"status":"hé + llo","sensitive":true,"media_ids":["2",3],
                 "poll":{"options":["a","b"],"expires_in":60}}
                """),
            Form("status=h%C3%A9+%2B+llo&sensitive=1&media_ids[]=2&media_ids%5B%5D=3"
                + "&poll[options][]=a&poll[options][]=b&poll[expires_in]=60"),
            Multipart(("status", "hé + llo"), ("sensitive", "true"), ("media_ids[]", "2"), ("media_ids[]", "3"),
                ("poll[options][]", "a"), ("poll[options][]", "b"), ("poll[expires_in]", "60")),
        ];
        foreach (var body in bodies)
        {
            var read = await fixture.Read(new(method), "/read", body);

            Assert.Equal("hé + llo", read.GetProperty("status").GetString());
            Assert.True(read.GetProperty("sensitive").GetBoolean());
            Assert.Equal("[2,3]", read.GetProperty("media_ids").GetRawText());
            Assert.Equal("""["a","b"]""", read.GetProperty("options").GetRawText());
            Assert.Equal(60, read.GetProperty("expires_in").GetInt64());
        }
    }

    [Theory]
    [MemberData(nameof(BodyMethods))]
    public async Task A_body_may_be_absent(string method)
    {
        var read = await fixture.Read(new(method), "/read");

        Assert.Equal(JsonValueKind.Null, read.GetProperty("status").ValueKind);
        Assert.False(read.GetProperty("has_status").GetBoolean());
    }

    [Theory]
    [InlineData("application/json", "")]
    [InlineData("application/json; charset=utf-8", "\uFEFF{}")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("text/plain", "status=hello")]
    [InlineData("application/octet-stream", "anything")]
    public async Task An_empty_body_and_one_of_an_unknown_type_have_no_fields(string contentType, string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);

        var read = await fixture.Read(HttpMethod.Post, "/read", content);

        Assert.False(read.GetProperty("has_status").GetBoolean());
    }

    [Theory]
    [InlineData("media_ids=2", "[2]")]
    [InlineData("media_ids[]=2", "[2]")]
    [InlineData("media_ids[0]=2&media_ids[1]=1", "[2,1]")]
    [InlineData("media_ids[]=2&media_ids[]=2&media_ids[]=", "[2]")]
    [InlineData("media_ids[]=99999999999999999999&media_ids[]=5", "[5]")]
    public async Task A_list_is_read_with_and_without_brackets(string query, string expected)
    {
        var inQuery = await fixture.Read(HttpMethod.Get, "/read?" + query);
        var inForm = await fixture.Read(HttpMethod.Post, "/read", Form(query));

        Assert.Equal(expected, inQuery.GetProperty("media_ids").GetRawText());
        Assert.Equal(expected, inForm.GetProperty("media_ids").GetRawText());
    }

    [Fact]
    public async Task Ids_in_json_may_be_texts_or_numbers_and_null_is_absence()
    {
        var asNumber = await fixture.Read(HttpMethod.Post, "/read", Json("""{"in_reply_to_id":7,"status":null}"""));
        var asText = await fixture.Read(HttpMethod.Post, "/read", Json("""{"in_reply_to_id":"7","media_ids":[]}"""));

        Assert.Equal(7, asNumber.GetProperty("in_reply_to_id").GetInt64());
        Assert.Equal(7, asText.GetProperty("in_reply_to_id").GetInt64());
        Assert.False(asNumber.GetProperty("has_status").GetBoolean());
    }

    [Fact]
    public async Task Objects_in_a_list_are_read_in_every_notation()
    {
        HttpContent[] bodies =
        [
            Form("fields_attributes[0][name]=a&fields_attributes[0][value]=x&fields_attributes[1][name]=b"),
            Form("fields_attributes[][name]=a&fields_attributes[][value]=x&fields_attributes[][name]=b"),
            Json("""{"fields_attributes":[{"name":"a","value":"x"},{"name":"b"}]}"""),
            Json("""{"fields_attributes":{"0":{"name":"a","value":"x"},"1":{"name":"b"}}}"""),
        ];
        foreach (var body in bodies)
        {
            var read = await fixture.Read(HttpMethod.Patch, "/read", body);

            Assert.Equal("""["a","b"]""", read.GetProperty("names").GetRawText());
        }
    }

    [Fact]
    public async Task A_nested_field_is_read_from_form_and_json()
    {
        var inForm = await fixture.Read(HttpMethod.Patch, "/read", Form("source[privacy]=private"));
        var inJson = await fixture.Read(HttpMethod.Patch, "/read", Json("""{"source":{"privacy":"private"}}"""));

        Assert.Equal("private", inForm.GetProperty("privacy").GetString());
        Assert.Equal("private", inJson.GetProperty("privacy").GetString());
    }

    [Fact]
    public async Task A_file_arrives_with_its_bytes()
    {
        var body = Multipart(("status", "with a picture"));
        body.Add(new ByteArrayContent([1, 2, 3]), "avatar", "me.png");

        var read = await fixture.Read(HttpMethod.Post, "/read", body);

        Assert.Equal(3, read.GetProperty("avatar_bytes").GetInt64());
        Assert.Equal("with a picture", read.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_body_wins_over_the_query_and_the_route_over_both()
    {
        var read = await fixture.Read(HttpMethod.Post, "/read?status=query&sensitive=1", Form("status=body"));
        var route = await fixture.Read(HttpMethod.Post, "/read/5?id=6", Form("id=7"));

        Assert.Equal("body", read.GetProperty("status").GetString());
        Assert.True(read.GetProperty("sensitive").GetBoolean());
        Assert.Equal(5, route.GetProperty("id").GetInt64());
        Assert.Equal("5", route.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_cursor_beyond_64_bits_bounds_nothing_above()
    {
        var read = await fixture.Read(HttpMethod.Get, "/read?max_id=99999999999999999999&since_id=5");

        Assert.Equal(JsonValueKind.Null, read.GetProperty("max_id").ValueKind);
        Assert.Equal(5, read.GetProperty("since_id").GetInt64());
    }

    [Fact]
    public async Task A_time_is_read_as_utc_and_written_with_three_digits()
    {
        var read = await fixture.Read(HttpMethod.Post, "/read", Form("scheduled_at=2026-01-02T03:04:05%2B01:00"));

        Assert.Equal("2026-01-02T02:04:05.000Z", read.GetProperty("scheduled_at").GetString());
    }

    [Fact]
    public async Task What_an_endpoint_does_not_declare_it_cannot_read()
    {
        var answer = await fixture.Api.Send(HttpMethod.Post, "/undeclared", body: Form("forgotten=1"));

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Contains(
            fixture.Api.Log.Entries,
            entry => entry.Exception?.Message.Contains("'forgotten'", StringComparison.Ordinal) == true);
    }

    internal static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    internal static StringContent Form(string text) => new(text, Encoding.UTF8, "application/x-www-form-urlencoded");

    internal static MultipartFormDataContent Multipart(params IEnumerable<(string Name, string Value)> fields)
    {
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            body.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), name);
        return body;
    }
}
