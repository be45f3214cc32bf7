using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Ingest.Tests.CreatePost;

[Collection(Together.Name)]
public class ReplyTests(RunningIngest ingest)
{
    [Fact]
    public async Task A_reply_names_the_post_and_its_author()
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = await alice.Post("hello");

        var reply = await bob.Post("hi", post.GetProperty("id").GetString());

        var published = await ingest.Heard.First<PostCreated>(post => post.AuthorId == bob.Id);
        Assert.Equal(IdOf(post), published.InReplyToId);
        Assert.Equal(alice.Id, published.InReplyToAuthorId);
        Assert.Equal(post.GetProperty("id").GetString(), reply.GetProperty("in_reply_to_id").GetString());
        Assert.Equal(
            alice.Id.ToString(CultureInfo.InvariantCulture),
            reply.GetProperty("in_reply_to_account_id").GetString());
    }

    [Fact]
    public async Task The_post_may_be_named_by_a_number()
    {
        var alice = await ingest.NewPerson();
        var post = await alice.Post("hello");

        var reply = await alice.Post("hi", IdOf(post));

        Assert.Equal(post.GetProperty("id").GetString(), reply.GetProperty("in_reply_to_id").GetString());
    }

    [Fact]
    public async Task A_reply_to_a_boost_is_a_reply_to_what_it_boosts()
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = await alice.Post("hello");
        var boost = await bob.Do("reblog", post.GetProperty("id").GetString()!);

        var reply = await bob.Post("hi", boost.GetProperty("id").GetString());

        Assert.Equal(post.GetProperty("id").GetString(), reply.GetProperty("in_reply_to_id").GetString());
    }

    [Fact]
    public async Task A_post_that_is_only_in_Postgres_can_be_replied_to()
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = APost.By(alice.Id);
        ingest.Neighbours.Posts[post.PostId] = new StoredPost(post, new(0, 0, 0, 1));

        var reply = await bob.Post("hi", post.PostId);

        Assert.Equal(
            post.PostId.ToString(CultureInfo.InvariantCulture), reply.GetProperty("in_reply_to_id").GetString());
    }

    [Fact]
    public async Task A_reply_to_a_deleted_post_is_refused()
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = await alice.Post("hello");
        using var deleted = await alice.TryDelete(post.GetProperty("id").GetString()!);

        using var reply = await bob.TryPost(
            new { status = "hi", in_reply_to_id = post.GetProperty("id").GetString() });

        await Refused.With(HttpStatusCode.NotFound, "Record not found", reply);
        await Refused.NothingHappened(ingest, bob);
    }

    [Theory]
    [InlineData("private", Standing.None, false)]
    [InlineData("private", Standing.Following, true)]
    [InlineData("direct", Standing.Following, false)]
    [InlineData("unlisted", Standing.None, true)]
    [InlineData("public", Standing.BlockedBy, false)]
    [InlineData("public", Standing.Muting, true)]
    public async Task Only_what_one_may_see_can_be_replied_to(string visibility, Standing standing, bool maySee)
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());
        await ingest.Relate(bob, alice, standing);
        var post = await alice.Post("hello", visibility: visibility);

        using var reply = await bob.TryPost(
            new { status = "hi", in_reply_to_id = post.GetProperty("id").GetString() });

        Assert.Equal(maySee ? HttpStatusCode.OK : HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task Who_is_mentioned_in_a_direct_post_can_reply_to_it()
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = await alice.Post($"@{bob.Username} psst", visibility: "direct");

        var reply = await bob.Post("what?", post.GetProperty("id").GetString(), "direct");

        Assert.Equal("direct", reply.GetProperty("visibility").GetString());
    }

    private static long IdOf(JsonElement status) =>
        long.Parse(status.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);
}
