using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.ReadThread;

public class ThreadTests
{
    [Fact]
    public async Task Above_a_post_stands_what_it_replies_to_and_below_it_what_replies_to_it_depth_first()
    {
        var timeline = await RunningTimeline.Get();
        var (alice, bob) = (await timeline.NewPerson(), await timeline.NewPerson());
        var root = APost.By(alice);
        var middle = APost.By(bob, inReplyTo: root);
        var post = APost.By(alice, inReplyTo: middle);
        var first = APost.By(bob, inReplyTo: post);
        var second = APost.By(alice, inReplyTo: post);
        var underFirst = APost.By(alice, inReplyTo: first);
        var underSecond = APost.By(bob, inReplyTo: second);
        var elsewhere = APost.By(bob, inReplyTo: root);
        await timeline.Store(root, middle, post, first, second, underFirst, underSecond, elsewhere);

        var context = await bob.Get($"/api/v1/statuses/{post.PostId}/context");

        Assert.Equal([root.PostId, middle.PostId], Ancestors(context));
        Assert.Equal([first.PostId, underFirst.PostId, second.PostId, underSecond.PostId], Descendants(context));
    }

    [Fact]
    public async Task A_reply_that_is_not_stored_yet_has_its_thread_and_shows_in_it_to_its_author()
    {
        var timeline = await RunningTimeline.Get();
        var (alice, bob) = (await timeline.NewPerson(), await timeline.NewPerson());
        var root = APost.By(alice);
        await timeline.Store(root);
        var reply = APost.By(bob, inReplyTo: root);
        var further = APost.By(bob, inReplyTo: reply);
        await bob.Ids($"/api/v1/accounts/{bob.Id}/statuses");
        await timeline.Accept(reply);
        await timeline.Accept(further);
        await timeline.Append(AuthorTimelines.Key(bob.Id), reply.PostId, further.PostId);

        var above = await bob.Get($"/api/v1/statuses/{further.PostId}/context");
        var below = await bob.Get($"/api/v1/statuses/{root.PostId}/context");

        Assert.Equal([root.PostId, reply.PostId], Ancestors(above));
        Assert.Equal([reply.PostId, further.PostId], Descendants(below));
    }

    [Fact]
    public async Task What_the_viewer_may_not_or_will_not_see_is_left_out()
    {
        var timeline = await RunningTimeline.Get();
        var (alice, bob, viewer) = (await timeline.NewPerson(), await timeline.NewPerson(), await timeline.NewPerson());
        var post = APost.By(alice);
        var blocked = APost.By(bob, inReplyTo: post);
        var secret = APost.By(alice, Visibility.Private, inReplyTo: post);
        var direct = APost.By(alice, Visibility.Direct, [viewer], inReplyTo: post);
        var open = APost.By(alice, inReplyTo: post);
        await timeline.Store(post, blocked, secret, direct, open);
        await timeline.Relate(viewer, bob, Standing.Blocking);

        var context = await viewer.Get($"/api/v1/statuses/{post.PostId}/context");

        Assert.Equal([direct.PostId, open.PostId], Descendants(context));
    }

    [Fact]
    public async Task Somebody_who_is_not_logged_in_sees_a_part_of_a_long_thread()
    {
        var timeline = await RunningTimeline.Get();
        var alice = await timeline.NewPerson();
        var thread = new List<PostCreated> { APost.By(alice) };
        for (var i = 0; i < 70; i++)
            thread.Add(APost.By(alice, inReplyTo: thread[^1]));
        await timeline.Store([.. thread]);

        var fromBelow = await Anonymous(timeline, thread[^1]);
        var fromAbove = await Anonymous(timeline, thread[0]);
        var all = await alice.Get($"/api/v1/statuses/{thread[0].PostId}/context");

        Assert.Equal(thread[^41..^1].Select(post => post.PostId), Ancestors(fromBelow));
        Assert.Equal(thread[1..21].Select(post => post.PostId), Descendants(fromAbove));
        Assert.Equal(thread[1..].Select(post => post.PostId), Descendants(all));
    }

    private static async Task<JsonElement> Anonymous(RunningTimeline timeline, PostCreated post) =>
        await Person.Ok(timeline.Client().GetAsync($"/api/v1/statuses/{post.PostId}/context"));

    private static long[] Ancestors(JsonElement context) => Person.IdsOf(context.GetProperty("ancestors"));

    private static long[] Descendants(JsonElement context) => Person.IdsOf(context.GetProperty("descendants"));
}
