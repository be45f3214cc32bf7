using System.Net;
using System.Text.Json;

namespace Microblog.Ingest.Tests.NotOffered;

[Collection(Together.Name)]
public class NotOfferedTests(RunningIngest ingest)
{
    [Theory]
    [InlineData("PUT", "/api/v1/statuses/1", 422, "Editing posts is not offered by this server yet")]
    [InlineData("POST", "/api/v1/statuses/1/pin", 422, "Pinning posts is not offered by this server yet")]
    [InlineData("POST", "/api/v1/statuses/1/unpin", 422, "Pinning posts is not offered by this server yet")]
    [InlineData("POST", "/api/v1/statuses/1/mute", 422, "Muting conversations is not offered by this server yet")]
    [InlineData("POST", "/api/v1/statuses/1/unmute", 422, "Muting conversations is not offered by this server yet")]
    [InlineData("POST", "/api/v1/statuses/1/translate", 403, "Translating posts is not offered by this server yet")]
    [InlineData("POST", "/api/v1/media", 422, "Uploading media is not offered by this server yet")]
    [InlineData("POST", "/api/v2/media", 422, "Uploading media is not offered by this server yet")]
    [InlineData("GET", "/api/v1/media/1", 404, "Record not found")]
    [InlineData("PUT", "/api/v1/media/1", 404, "Record not found")]
    [InlineData("DELETE", "/api/v1/media/1", 404, "Record not found")]
    [InlineData("GET", "/api/v1/polls/1", 404, "Record not found")]
    [InlineData("POST", "/api/v1/polls/1/votes", 404, "Record not found")]
    [InlineData("GET", "/api/v1/scheduled_statuses/1", 404, "Record not found")]
    [InlineData("PUT", "/api/v1/scheduled_statuses/1", 404, "Record not found")]
    [InlineData("DELETE", "/api/v1/scheduled_statuses/1", 404, "Record not found")]
    public async Task What_is_not_offered_says_so(string method, string path, int status, string error)
    {
        var person = await ingest.NewPerson();

        using var answer = await person.Send(new(method), path);

        await Refused.With((HttpStatusCode)status, error, answer);
    }

    [Fact]
    public async Task There_are_no_scheduled_posts()
    {
        var person = await ingest.NewPerson();

        var posts = await Person.Ok(person.Send(HttpMethod.Get, "/api/v1/scheduled_statuses?limit=5"));

        Assert.Equal((JsonValueKind.Array, 0), (posts.ValueKind, posts.GetArrayLength()));
    }
}
