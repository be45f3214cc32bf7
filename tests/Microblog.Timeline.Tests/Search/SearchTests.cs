using System.Net;
using System.Text.Json;

namespace Microblog.Timeline.Tests.Search;

public class SearchTests
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("@{0}")]
    [InlineData("{0}@microblog.test")]
    [InlineData("@{0}@MICROBLOG.test")]
    public async Task An_account_is_found_however_its_name_is_written(string form)
    {
        var timeline = await RunningTimeline.Get();
        var person = await timeline.NewPerson();
        var query = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, person.Username);

        var found = await person.Get($"/api/v2/search?resolve=True&type=accounts&q={Uri.EscapeDataString(query)}");

        Assert.Equal([person.Id], Person.IdsOf(found.GetProperty("accounts")));
        AssertShape(found);
    }

    [Fact]
    public async Task A_pasted_address_finds_the_post()
    {
        var timeline = await RunningTimeline.Get();
        var person = await timeline.NewPerson();
        var post = APost.By(person);
        await timeline.Store(post);

        foreach (var path in new[] { $"@{person.Username}/{post.PostId}", $"users/x/statuses/{post.PostId}" })
        {
            var found = await person.Get($"/api/v1/search?q={RunningTimeline.Origin}/{path}");
            Assert.Equal([post.PostId], Person.IdsOf(found.GetProperty("statuses")));
            AssertShape(found);
        }
    }

    [Fact]
    public async Task Hashtags_are_found_by_their_beginning()
    {
        var timeline = await RunningTimeline.Get();
        var person = await timeline.NewPerson();
        var tag = $"größe{person.Id}";
        await timeline.Store(APost.By(person, tags: tag));

        var found = await person.Get($"/api/v2/search?q={Uri.EscapeDataString("#" + tag.ToUpperInvariant()[..^2])}");
        var one = await person.Get($"/api/v1/tags/{Uri.EscapeDataString(tag)}");

        var hashtag = Assert.Single(found.GetProperty("hashtags").EnumerateArray());
        Assert.Equal(tag, hashtag.GetProperty("name").GetString());
        Assert.Equal(tag, one.GetProperty("name").GetString());
        AssertShape(found);
    }

    [Theory]
    [InlineData("nobody@elsewhere.test")]
    [InlineData("%25_%25")]
    [InlineData("%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task What_does_not_exist_is_found_nowhere(string query)
    {
        var timeline = await RunningTimeline.Get();
        var person = await timeline.NewPerson();

        var found = await person.Get($"/api/v2/search?q={query}");

        Assert.Empty(found.GetProperty("accounts").EnumerateArray());
        Assert.Empty(found.GetProperty("hashtags").EnumerateArray());
        AssertShape(found);
    }

    [Theory]
    [InlineData("offset=5")]
    [InlineData("resolve=1")]
    public async Task Somebody_who_is_not_logged_in_can_neither_page_nor_resolve(string option)
    {
        var timeline = await RunningTimeline.Get();
        using var refused = await timeline.Client().GetAsync("/api/v2/search?q=a&" + option);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static void AssertShape(JsonElement found) => Assert.All(
        (string[])["accounts", "statuses", "hashtags"],
        name => Assert.Equal(JsonValueKind.Array, found.GetProperty(name).ValueKind));
}
