using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;

namespace Microblog.Ingest.Tests.CreatePost;

[Collection(Together.Name)]
public class IdempotencyTests(RunningIngest ingest)
{
    [Fact]
    public async Task A_repeated_request_answers_with_the_same_status()
    {
        var author = await ingest.NewPerson();

        var first = await Post(author, "hello", "key");
        var again = await Post(author, "hello", "key");

        Assert.Equal(first.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task A_key_stands_for_the_text_it_was_sent_with_first()
    {
        var author = await ingest.NewPerson();

        var first = await Post(author, "first", "key");
        var again = await Post(author, "second", "key");

        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal("<p>first</p>", again.GetProperty("content").GetString());
        await ingest.Neighbours.Settle();
        var published = ingest.Heard.All<PostCreated>(post => post.AuthorId == author.Id);
        var told = Assert.Single(published.Select(post => (post.Text, post.IdempotencyKey)).Distinct());
        Assert.Equal(("first", "key"), told);
    }

    [Fact]
    public async Task Requests_with_one_key_at_the_same_moment_make_one_post()
    {
        var author = await ingest.NewPerson();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Post(author, $"text {i}", "one key")));

        var id = Assert.Single(answers.Select(answer => answer.GetProperty("id").GetString()).Distinct());
        var content = Assert.Single(answers.Select(answer => answer.GetProperty("content").GetString()).Distinct());
        await ingest.Neighbours.Settle();
        var published = ingest.Heard.All<PostCreated>(post => post.AuthorId == author.Id)
            .Select(post => (post.PostId.ToString(CultureInfo.InvariantCulture), post.Content))
            .Distinct();
        Assert.Equal((id, content), Assert.Single(published));
    }

    [Fact]
    public async Task Different_keys_and_different_people_make_different_posts()
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());

        JsonElement[] posts =
            [await Post(alice, "a", "key"), await Post(alice, "a", "KEY"), await Post(bob, "a", "key")];

        Assert.Equal(3, posts.Select(post => post.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Without_a_key_the_same_text_is_another_post()
    {
        var author = await ingest.NewPerson();

        var first = await author.Post("hello");
        var second = await author.Post("hello");

        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_repetition_is_answered_though_what_it_replied_to_is_gone()
    {
        var (alice, bob) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = await alice.Post("hello");
        var reply = new { status = "hi", in_reply_to_id = post.GetProperty("id").GetString() };
        var first = await Person.Ok(bob.TryPost(reply, "reply"));
        using var deleted = await alice.TryDelete(post.GetProperty("id").GetString()!);

        var again = await Person.Ok(bob.TryPost(reply, "reply"));

        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_refused_request_does_not_use_its_key_up()
    {
        var author = await ingest.NewPerson();
        using var refused = await author.TryPost(new { status = "hi", in_reply_to_id = "1" }, "key");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        var post = await Post(author, "hi", "key");

        Assert.Equal("<p>hi</p>", post.GetProperty("content").GetString());
    }

    [Fact]
    public async Task The_key_of_a_deleted_post_does_not_bring_it_back()
    {
        var author = await ingest.NewPerson();
        var post = await Post(author, "hello", "key");
        using var deleted = await author.TryDelete(post.GetProperty("id").GetString()!);

        using var again = await author.TryPost(new { status = "hello" }, "key");

        await Refused.With(HttpStatusCode.NotFound, "Record not found", again);
    }

    [Fact]
    public async Task A_key_is_kept_for_an_hour()
    {
        var author = await ingest.NewPerson();
        await Post(author, "hello", "key");

        var lifetime = await ingest.Redis.Run(database => database.KeyTimeToLiveAsync(Reserved(author, "key")));

        Assert.InRange(lifetime!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task A_request_that_broke_off_after_it_had_reserved_its_id_is_made_good_by_the_next()
    {
        var author = await ingest.NewPerson();
        var id = RunningIngest.NewId();
        await ingest.Redis.Run(database => database.StringSetAsync(Reserved(author, "key"), id));

        var post = await Post(author, "hello", "key");

        Assert.Equal(id.ToString(CultureInfo.InvariantCulture), post.GetProperty("id").GetString());
        Assert.Empty(ingest.Neighbours.Asked.All<GetPosts>(question => question.PostIds.Contains(id)));
    }

    private static string Reserved(Person author, string key) =>
        $"idempotency:{author.Id}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    private static Task<JsonElement> Post(Person author, string text, string key) =>
        Person.Ok(author.TryPost(new { status = text }, key));
}
