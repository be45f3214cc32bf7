using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Microblog.Timeline.Tests.ReadPost;

/// <summary>Nonsense is refused in the client's format, with a sentence, and logged by nobody.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("/api/v1/statuses/abc", 404, "Record not found")]
    [InlineData("/api/v1/statuses/0", 404, "Record not found")]
    [InlineData("/api/v1/statuses/-1", 404, "Record not found")]
    [InlineData("/api/v1/statuses/9223372036854775807", 404, "Record not found")]
    [InlineData("/api/v1/statuses/99999999999999999999", 404, "Record not found")]
    [InlineData("/api/v1/statuses/1/context", 404, "Record not found")]
    [InlineData("/api/v1/statuses/%3Cscript%3E/context", 404, "Record not found")]
    [InlineData("/api/v1/accounts/1/statuses", 404, "Record not found")]
    [InlineData("/api/v1/accounts/abc/statuses", 404, "Record not found")]
    [InlineData("/api/v1/timelines/list/1", 404, "Record not found")]
    [InlineData("/api/v1/notifications/1", 404, "Record not found")]
    [InlineData("/api/v1/notifications/9223372036854775807", 404, "Record not found")]
    [InlineData("/api/v1/notifications/abc", 404, "Record not found")]
    [InlineData("/api/v1/tags/%20", 404, "Record not found")]
    [InlineData("/api/v1/tags/a%20b", 404, "Record not found")]
    [InlineData("/api/v1/timelines/home?max_id=abc", 400, "The parameter max_id must be a whole number")]
    [InlineData("/api/v1/timelines/home?limit=-1", 400, "Pagination values for `offset` and `limit` must be positive")]
    [InlineData("/api/v1/notifications?account_id=abc", 400, "The parameter account_id must be an id")]
    [InlineData("/api/v1/statuses?id[]=abc", 400, "The parameter id must be an id")]
    [InlineData("/api/v2/search", 400, "param is missing or the value is empty: q")]
    [InlineData("/api/v2/search?q=a&offset=-1", 400, "Pagination values for `offset` and `limit` must be positive")]
    [InlineData("/api/oembed", 400, "param is missing or the value is empty: url")]
    [InlineData("/api/oembed?url=http://elsewhere.test/@a/1", 404, "Record not found")]
    public async Task A_request_like_this_is_refused(string path, int status, string error)
    {
        var timeline = await RunningTimeline.Get();
        var person = await timeline.NewPerson();

        using var answer = await person.TryGet(path);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, error), ((int)answer.StatusCode, body.GetProperty("error").GetString()));
        Assert.DoesNotContain(timeline.Log, entry => entry.Exception is not null && entry.Message.Contains(path));
    }

    [Theory]
    [InlineData("/api/v1/timelines/home?max_id=99999999999999999999&limit=2&limit=2&local=1&unknown=x")]
    [InlineData("/api/v1/timelines/home?max_id=&since_id=&min_id=&limit=")]
    [InlineData("/api/v1/timelines/home?min_id=99999999999999999999")]
    [InlineData("/api/v1/timelines/home?max_id=5&min_id=9")]
    [InlineData("/api/v1/timelines/home?since_id=-7&limit=1000000")]
    [InlineData("/api/v1/timelines/tag/%3Cscript%3E?any[]=a")]
    [InlineData("/api/v1/timelines/tag/nobodyusesthis?any[]=a&all[]=b&none[]=c&none[]=%23d")]
    [InlineData("/api/v1/timelines/direct")]
    [InlineData("/api/v1/conversations/")]
    [InlineData("/api/v1/followed_tags")]
    [InlineData("/api/v1/timelines/public?remote=true")]
    [InlineData("/api/v1/timelines/public?only_media=1")]
    [InlineData("/api/v1/statuses")]
    public async Task A_request_like_this_is_answered_with_an_empty_list_and_no_link(string path)
    {
        var timeline = await RunningTimeline.Get();
        var person = await timeline.NewPerson();

        using var answer = await person.TryGet(path);

        Assert.Equal("[]", await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.Contains("Link"));
    }

    [Fact]
    public async Task More_than_twenty_posts_at_once_are_refused()
    {
        var timeline = await RunningTimeline.Get();
        var person = await timeline.NewPerson();
        var ids = string.Join('&', Enumerable.Range(1, 21).Select(id => $"id[]={id}"));

        using var answer = await person.TryGet("/api/v1/statuses?" + ids);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/timelines/home")]
    [InlineData("/api/v1/notifications")]
    [InlineData("/api/v1/favourites")]
    [InlineData("/api/v1/bookmarks")]
    [InlineData("/api/v1/followed_tags")]
    public async Task Without_a_token_or_its_scope_private_lists_are_closed(string path)
    {
        var timeline = await RunningTimeline.Get();
        var stranger = await timeline.NewPerson("write");

        using var anonymous = await timeline.Client().GetAsync(path);
        using var unscoped = await stranger.TryGet(path);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, unscoped.StatusCode);
    }
}
