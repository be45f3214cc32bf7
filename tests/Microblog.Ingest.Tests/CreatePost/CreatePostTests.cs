using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Ingest.Tests.CreatePost;

[Collection(Together.Name)]
public class CreatePostTests(RunningIngest ingest)
{
    [Fact]
    public async Task A_post_is_answered_complete_and_published_with_everything_a_reader_needs()
    {
        var author = await ingest.NewPerson();
        var bob = await ingest.NewPerson();

        var status = await Person.Ok(author.TryPost(new
        {
            status = $" Hi @{bob.Username.ToLowerInvariant()} #Tag\r\nhttps://example.org ",
            spoiler_text = "careful",
            visibility = "unlisted",
            language = "en",
            media_ids = Array.Empty<string>(),
            content_type = "text/plain",
        }));

        var id = long.Parse(status.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);
        var post = await ingest.Heard.First<PostCreated>(post => post.PostId == id);
        Assert.Equal(author.Id, post.AuthorId);
        Assert.Equal($"Hi @{bob.Username.ToLowerInvariant()} #Tag\nhttps://example.org", post.Text);
        Assert.Equal([new Mention(bob.Id, bob.Username)], post.Mentions);
        Assert.Equal(["tag"], post.Tags);
        Assert.Equal("careful", post.SpoilerText);
        Assert.True(post.Sensitive);
        Assert.Equal(Visibility.Unlisted, post.Visibility);
        Assert.Equal("en", post.Language);
        Assert.Equal(("Toot", "https://toot.test"), (post.ApplicationName, post.ApplicationWebsite));
        Assert.Null(post.IdempotencyKey);

        Assert.Equal(post.Content, status.GetProperty("content").GetString());
        Assert.Contains($"{RunningIngest.Origin}/@{bob.Username}", post.Content, StringComparison.Ordinal);
        Assert.Equal("unlisted", status.GetProperty("visibility").GetString());
        Assert.Equal(author.Username, status.GetProperty("account").GetProperty("acct").GetString());
        Assert.Equal(bob.Username, status.GetProperty("mentions")[0].GetProperty("acct").GetString());
        Assert.Equal("tag", status.GetProperty("tags")[0].GetProperty("name").GetString());
        Assert.Equal("Toot", status.GetProperty("application").GetProperty("name").GetString());
        Assert.Equal($"{RunningIngest.Origin}/@{author.Username}/{id}", status.GetProperty("url").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("in_reply_to_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, status.GetProperty("reblog").ValueKind);
        Assert.False(status.GetProperty("favourited").GetBoolean());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", status.GetProperty("created_at").GetString());
    }

    [Fact]
    public async Task Accepting_a_post_asks_no_other_service()
    {
        var author = await ingest.NewPerson();
        // Not even when nobody knows what the author marked: nobody can have marked a new post.
        await ingest.Redis.Run(database => database.KeyDeleteAsync(PostMarks.Key(author.Id)));

        await author.Post($"hello @{author.Username} and @nobody_{RunningIngest.NewId() % 1_000_000}");

        Assert.Empty(ingest.Neighbours.Asked.All<GetMarks>(question => question.AccountId == author.Id));
        Assert.Empty(ingest.Neighbours.Asked.All<Contracts.Accounts.ResolveNames>(_ => true));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task A_post_may_come_as_a_form(string type)
    {
        var author = await ingest.NewPerson();
        var fields = new Dictionary<string, string>
        {
            ["status"] = "from a form",
            ["sensitive"] = "1",
            ["visibility"] = "private",
            ["media_ids[]"] = "",
            ["spoiler_text"] = "",
        };

        var status = await Person.Ok(author.TryPost(type == "multipart/form-data"
            ? Multipart(fields)
            : new FormUrlEncodedContent(fields)));

        Assert.Equal("<p>from a form</p>", status.GetProperty("content").GetString());
        Assert.Equal("private", status.GetProperty("visibility").GetString());
        Assert.True(status.GetProperty("sensitive").GetBoolean());
    }

    [Fact]
    public async Task Only_a_content_warning_is_taken_for_the_text()
    {
        var author = await ingest.NewPerson();

        var status = await Person.Ok(author.TryPost(new { status = "", spoiler_text = "only this" }));

        Assert.Equal("<p>only this</p>", status.GetProperty("content").GetString());
        Assert.Equal("", status.GetProperty("spoiler_text").GetString());
    }

    [Theory]
    [InlineData("@{0}", true)]
    [InlineData("@{0}@microblog.test", true)]
    [InlineData("@{0}@MICROBLOG.test", true)]
    [InlineData("@{0}@elsewhere.test", false)]
    [InlineData("@{0}@microblog.test:8080", false)]
    [InlineData("mail@{0}", false)]
    public async Task A_mention_is_of_an_account_here(string pattern, bool isMention)
    {
        var author = await ingest.NewPerson();
        var bob = await ingest.NewPerson();

        var status = await author.Post(string.Format(CultureInfo.InvariantCulture, pattern, bob.Username));

        Assert.Equal(isMention ? 1 : 0, status.GetProperty("mentions").GetArrayLength());
    }

    [Fact]
    public async Task The_longest_text_counts_links_and_names_as_clients_do()
    {
        var author = await ingest.NewPerson();
        var link = "https://example.org/" + new string('a', 200);
        var text = $"{link} @a@{new string('b', 100)}.test " + new string('é', 500 - 23 - 1 - 2 - 1);

        await author.Post(text);
        using var tooLong = await author.TryPost(new { status = text + "!" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
    }

    [Fact]
    public async Task Script_in_every_field_comes_back_as_text()
    {
        var author = await ingest.NewPerson();

        var status = await Person.Ok(author.TryPost(new
        {
            status = "<script>alert('x')</script> #<b> @<i> https://e.org/\"><script>",
            spoiler_text = "<script>",
        }));

        Assert.DoesNotContain("<script", status.GetProperty("content").GetString(), StringComparison.Ordinal);
        // Plain text by definition, which clients escape.
        Assert.Equal("<script>", status.GetProperty("spoiler_text").GetString());
    }

    private static MultipartFormDataContent Multipart(Dictionary<string, string> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        return content;
    }
}
