using System.Text.Json;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class ClientJsonTests
{
    private enum Kind
    {
        FollowRequest,
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.123Z")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z")]
    public void A_time_is_utc_with_exactly_three_digits(string time, string expected) =>
        Assert.Equal($"\"{expected}\"", Write(DateTimeOffset.Parse(time, null)));

    [Fact]
    public void A_date_has_no_time() => Assert.Equal("\"2026-01-02\"", Write(new DateOnly(2026, 1, 2)));

    [Fact]
    public void Names_are_snake_case_and_nulls_are_written() =>
        Assert.Equal(
            """{"in_reply_to_id":null,"type":"follow_request"}""",
            Write(new { InReplyToId = (string?)null, Type = Kind.FollowRequest }));

    [Fact]
    public void Keys_of_a_dictionary_stay_as_they_are() =>
        Assert.Equal(
            """{"posting:default:visibility":"public"}""",
            Write(new Dictionary<string, string> { ["posting:default:visibility"] = "public" }));

    [Fact]
    public void Text_is_not_escaped_more_than_json_needs() =>
        Assert.Equal("\"<p>hé 'quoted' \\\"&\\\" 日本</p>\"", Write("<p>hé 'quoted' \"&\" 日本</p>"));

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, ClientJson.Options);
}
