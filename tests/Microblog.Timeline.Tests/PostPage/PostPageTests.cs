using System.Net;
using Microblog.Contracts.Ingest;

namespace Microblog.Timeline.Tests.PostPage;

public class PostPageTests
{
    [Fact]
    public async Task A_browser_gets_a_page_in_which_names_are_escaped()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author) with { SpoilerText = "<script>alert(1)</script>" };
        await timeline.Store(post);

        using var answer = await timeline.Client().GetAsync($"/@{author.Username}/{post.PostId}");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<p>hello</p>", page);
        Assert.Contains($"{author.Username} &lt;b&gt;", page);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Other_addresses_lead_to_the_right_one_and_private_posts_have_none()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var (post, secret) = (APost.By(author), APost.By(author, Visibility.Private));
        await timeline.Store(post, secret);

        using var uri = await timeline.Client().GetAsync($"/users/{author.Username}/statuses/{post.PostId}");
        using var wrongName = await timeline.Client().GetAsync($"/@somebody/{post.PostId}");
        using var hidden = await timeline.Client().GetAsync($"/@{author.Username}/{secret.PostId}");

        var right = $"{RunningTimeline.Origin}/@{author.Username}/{post.PostId}";
        Assert.Equal((HttpStatusCode.Found, right), (uri.StatusCode, uri.Headers.Location?.ToString()));
        Assert.Equal((HttpStatusCode.Found, right), (wrongName.StatusCode, wrongName.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task A_post_can_be_embedded_and_a_tag_has_a_page()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author, tags: $"t{author.Id}");
        await timeline.Store(post);

        var embedded = await Person.Ok(timeline.Client().GetAsync(
            $"/api/oembed?maxwidth=300&url={RunningTimeline.Origin}/@{author.Username}/{post.PostId}"));
        var page = await timeline.Client().GetStringAsync($"/tags/T{author.Id}");

        Assert.Equal("rich", embedded.GetProperty("type").GetString());
        Assert.Equal(300, embedded.GetProperty("width").GetInt32());
        Assert.Contains("<p>hello</p>", embedded.GetProperty("html").GetString());
        Assert.Contains("<p>hello</p>", page);
    }

    [Fact]
    public async Task The_documentation_page_needs_nothing_from_elsewhere()
    {
        var timeline = await RunningTimeline.Get();

        var page = await timeline.Client().GetStringAsync("/api/docs/index.html");
        var script = await timeline.Client().GetStringAsync("/api/docs/index.js");

        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
        Assert.Contains("/api/openapi.json", page + script);
    }
}
