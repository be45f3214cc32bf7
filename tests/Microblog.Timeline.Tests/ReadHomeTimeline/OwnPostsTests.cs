namespace Microblog.Timeline.Tests.ReadHomeTimeline;

public class OwnPostsTests
{
    [Fact]
    public async Task Whoever_wrote_a_post_sees_it_at_once_before_it_is_delivered_or_stored()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var first = APost.By(author);
        await timeline.Accept(first);
        var second = APost.By(author, inReplyTo: first);

        var home = await author.Home();
        await timeline.Accept(second);
        var warm = await author.Home();
        var profile = await author.Ids($"/api/v1/accounts/{author.Id}/statuses");
        var context = await author.Get($"/api/v1/statuses/{first.PostId}/context");

        Assert.Equal([first.PostId], home);
        Assert.Equal([second.PostId, first.PostId], warm);
        Assert.Equal([second.PostId, first.PostId], profile);
        Assert.Equal([second.PostId], Person.IdsOf(context.GetProperty("descendants")));
    }
}
