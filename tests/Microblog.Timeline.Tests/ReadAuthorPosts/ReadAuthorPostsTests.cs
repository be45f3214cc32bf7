namespace Microblog.Timeline.Tests.ReadAuthorPosts;

public class ReadAuthorPostsTests
{
    [Fact]
    public async Task An_authors_posts_can_be_narrowed_down()
    {
        var timeline = await RunningTimeline.Get();
        var (author, other) = (await timeline.NewPerson(), await timeline.NewPerson());
        var others = APost.By(other);
        var post = APost.By(author, tags: "cats");
        var thread = APost.By(author, inReplyTo: post);
        var reply = APost.By(author, inReplyTo: others);
        var boost = APost.Boost(author, others);
        await timeline.Store(others, post, thread, reply, boost);
        var path = $"/api/v1/accounts/{author.Id}/statuses";

        Assert.Equal(Ids(boost, reply, thread, post), await other.Ids(path));
        Assert.Equal(Ids(boost, thread, post), await other.Ids(path + "?exclude_replies=true"));
        Assert.Equal(Ids(reply, thread, post), await other.Ids(path + "?exclude_reblogs=1"));
        Assert.Equal(Ids(post), await other.Ids(path + "?tagged=CATS"));
        Assert.Empty(await other.Ids(path + "?pinned=true"));
        Assert.Empty(await other.Ids(path + "?only_media=True"));
    }

    [Fact]
    public async Task The_next_page_is_named_only_while_pages_are_full()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        await timeline.Store([.. Enumerable.Range(0, 3).Select(_ => APost.By(author))]);
        var path = $"/api/v1/accounts/{author.Id}/statuses";

        using var full = await author.TryGet(path + "?limit=2");
        using var rest = await author.TryGet(path + "?limit=4");

        Assert.Contains("rel=\"next\"", string.Join("", full.Headers.GetValues("Link")));
        Assert.DoesNotContain("rel=\"next\"", string.Join("", rest.Headers.GetValues("Link")));
    }

    private static IEnumerable<long> Ids(params Contracts.Ingest.PostCreated[] posts) =>
        posts.Select(post => post.PostId);
}
