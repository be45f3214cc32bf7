using System.Text.Json.Nodes;

namespace Microblog.EndToEnd.Tests;

public sealed class FollowersSeePostsTests
{
    [Fact]
    public async Task A_follower_sees_a_post()
    {
        var (_, alice, bob) = await AliceFollowedByBob();

        var post = await alice.Write("hello <b>world</b> & everybody");

        await bob.Sees(post);
        var seen = (await bob.Get($"/api/v1/statuses/{post}")).Ok();
        Assert.Equal("<p>hello &lt;b&gt;world&lt;/b&gt; &amp; everybody</p>", (string?)seen["content"]);
        Assert.Equal(alice.Username, (string?)seen["account"]!["acct"]);
    }

    [Fact]
    public async Task The_author_sees_his_own_post()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        await alice.Home();

        var post = await alice.Write("to myself");

        await alice.Sees(post);
    }

    [Fact]
    public async Task Somebody_who_does_not_follow_sees_nothing()
    {
        var (system, alice, bob) = await AliceFollowedByBob();
        var stranger = await system.NewPerson("stranger");

        var post = await alice.Write("for my followers");

        await bob.Sees(post);
        Assert.Empty(await stranger.Home());
    }

    [Fact]
    public async Task Following_brings_what_was_written_before()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        await bob.Home();
        var before = await alice.Write("written before the follow");

        await bob.Follow(alice);

        await bob.Sees(before);
    }

    [Fact]
    public async Task Unfollowing_takes_the_posts_away_and_following_brings_them_back()
    {
        var (_, alice, bob) = await AliceFollowedByBob();
        var post = await alice.Write("now you see me");
        await bob.Sees(post);

        (await bob.Post($"/api/v1/accounts/{alice.Id}/unfollow")).Ok();
        Assert.DoesNotContain(post, await bob.Home());

        await bob.Follow(alice);
        await bob.Sees(post);
    }

    [Fact]
    public async Task A_deleted_post_is_gone_for_everybody_at_once()
    {
        var (system, alice, bob) = await AliceFollowedByBob();
        var post = await alice.Write("a mistake");
        await bob.Sees(post);

        var deleted = (await alice.Delete($"/api/v1/statuses/{post}")).Ok();

        Assert.Equal("a mistake", (string?)deleted["text"]);
        Assert.DoesNotContain(post, await bob.Home());
        Assert.Equal(404, (int)(await bob.Get($"/api/v1/statuses/{post}")).Status);
        Assert.Equal(404, (int)(await Answer.Of(await system.Http.GetAsync($"/api/v1/statuses/{post}"))).Status);
    }

    [Fact]
    public async Task Whoever_is_blocked_sees_nothing_any_more()
    {
        var (_, alice, bob) = await AliceFollowedByBob();
        var post = await alice.Write("not for everybody");
        await bob.Sees(post);

        (await alice.Post($"/api/v1/accounts/{bob.Id}/block")).Ok();

        Assert.DoesNotContain(post, await bob.Home());
        Assert.Equal(404, (int)(await bob.Get($"/api/v1/statuses/{post}")).Status);
        Assert.Equal(403, (int)(await bob.Post($"/api/v1/accounts/{alice.Id}/follow")).Status);
    }

    [Fact]
    public async Task A_reply_reaches_only_followers_of_both()
    {
        var (system, alice, bob) = await AliceFollowedByBob();
        var (carol, dave) = (await system.NewPerson("carol"), await system.NewPerson("dave"));
        await dave.Follow(alice);
        await dave.Follow(carol);
        var start = await carol.Write("a question");

        var reply = await alice.Write($"@{carol.Username} an answer", inReplyTo: start);
        var after = await alice.Write("something else");

        await dave.Sees(reply);
        await bob.Sees(after);
        Assert.DoesNotContain(reply, await bob.Home());
        var thread = (await dave.Get($"/api/v1/statuses/{reply}/context")).Ok();
        Assert.Equal([start], Person.Ids(thread["ancestors"]!));
    }

    [Fact]
    public async Task A_private_post_reaches_followers_and_nobody_else()
    {
        var (system, alice, bob) = await AliceFollowedByBob();
        var stranger = await system.NewPerson("stranger");

        var post = await alice.Write("among us", visibility: "private");

        await bob.Sees(post);
        Assert.Equal(404, (int)(await stranger.Get($"/api/v1/statuses/{post}")).Status);
    }

    [Fact]
    public async Task A_direct_post_reaches_those_mentioned_and_nobody_else()
    {
        var (system, alice, bob) = await AliceFollowedByBob();
        var carol = await system.NewPerson("carol");

        var post = await alice.Write($"@{carol.Username} between us", visibility: "direct");

        await Eventually.Is(async () => (await Notifications(carol)).Any(note => (string?)note!["type"] == "mention"));
        Assert.Equal(200, (int)(await carol.Get($"/api/v1/statuses/{post}")).Status);
        Assert.Equal(404, (int)(await bob.Get($"/api/v1/statuses/{post}")).Status);
        Assert.DoesNotContain(post, await bob.Home());
    }

    [Fact]
    public async Task A_boost_carries_the_original_and_can_be_taken_back()
    {
        var (system, alice, bob) = await AliceFollowedByBob();
        var carol = await system.NewPerson("carol");
        var original = await carol.Write("worth repeating");

        var boost = (await alice.Post($"/api/v1/statuses/{original}/reblog")).Ok();
        var again = (await alice.Post($"/api/v1/statuses/{original}/reblog")).Ok();

        Assert.Equal((string?)boost["id"], (string?)again["id"]);
        Assert.Equal(original, (string?)boost["reblog"]!["id"]);
        await bob.Sees((string)boost["id"]!);
        (await alice.Post($"/api/v1/statuses/{original}/unreblog")).Ok();
        Assert.DoesNotContain((string)boost["id"]!, await bob.Home());
    }

    [Fact]
    public async Task Mention_follow_favourite_and_boost_notify_once_each()
    {
        var (_, alice, bob) = await AliceFollowedByBob();
        var post = await alice.Write("look at me");
        (await bob.Post($"/api/v1/statuses/{post}/favourite")).Ok();
        (await bob.Post($"/api/v1/statuses/{post}/favourite")).Ok();
        (await bob.Post($"/api/v1/statuses/{post}/reblog")).Ok();
        await bob.Write($"@{alice.Username} I see you");
        var types = new[] { "favourite", "follow", "mention", "reblog" };

        await Eventually.Is(async () => (await Notifications(alice)).Count >= types.Length);

        Assert.Equal(types, (await Notifications(alice)).Select(note => (string)note!["type"]!).Order());
        (await alice.Post("/api/v1/notifications/clear")).Ok();
        Assert.Empty(await Notifications(alice));
    }

    [Fact]
    public async Task The_same_idempotency_key_writes_one_post()
    {
        var (_, alice, bob) = await AliceFollowedByBob();
        var key = Guid.CreateVersion7().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => alice.Send(Keyed(key))));

        var ids = answers.Select(answer => (string)answer.Ok()["id"]!).Distinct().ToArray();
        var id = Assert.Single(ids);
        await bob.Sees(id);
        Assert.Equal([id], await bob.Home());
    }

    private static HttpRequestMessage Keyed(string key) => new(HttpMethod.Post, "/api/v1/statuses")
    {
        Headers = { { "Idempotency-Key", key } },
        Content = new FormUrlEncodedContent([new("status", "once and only once")]),
    };

    private static async Task<JsonArray> Notifications(Person person) =>
        (await person.Get("/api/v1/notifications")).Ok().AsArray();

    private static async Task<(RunningSystem System, Person Alice, Person Bob)> AliceFollowedByBob()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        await bob.Home();
        await bob.Follow(alice);
        return (system, alice, bob);
    }
}
