using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;

namespace Microblog.Ingest.Tests.CreatePost;

/// <summary>Nobody is bound to the exchanges, so that the broker returns what is published.</summary>
public class BrokerAwayTests : IAsyncLifetime
{
    private readonly RunningWithoutQueues _ingest = new();

    public Task InitializeAsync() => _ingest.InitializeAsync();

    public Task DisposeAsync() => _ingest.DisposeAsync();

    [Fact]
    public async Task What_is_not_durable_is_not_answered_as_accepted_and_its_repetition_is_the_same_post()
    {
        var author = await _ingest.NewPerson();
        using var refused = await author.TryPost(new { status = "hello" }, "key");
        await Refused.With(
            HttpStatusCode.ServiceUnavailable,
            "There was a temporary problem serving your request, please try again",
            refused);
        Assert.NotNull(refused.Headers.RetryAfter);

        await _ingest.StartNeighbours();
        var status = await Person.Ok(author.TryPost(new { status = "hello" }, "key"));

        var published = await _ingest.Heard.First<PostCreated>(post => post.AuthorId == author.Id);
        Assert.Equal(
            published.PostId.ToString(CultureInfo.InvariantCulture), status.GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_fails_can_be_done_again_until_it_succeeds()
    {
        var (author, other) = (await _ingest.NewPerson(), await _ingest.NewPerson());
        var post = APost.By(author.Id);
        await _ingest.Keep(post);
        var id = post.PostId.ToString(CultureInfo.InvariantCulture);

        foreach (var action in new[] { "favourite", "bookmark", "reblog" })
        {
            using var failed = await other.Try(action, id);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        }

        using var notDeleted = await author.TryDelete(id);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notDeleted.StatusCode);

        await _ingest.StartNeighbours();
        Assert.True((await other.Do("favourite", id)).GetProperty("favourited").GetBoolean());
        Assert.True((await other.Do("bookmark", id)).GetProperty("bookmarked").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, (await other.Do("reblog", id)).GetProperty("reblog").ValueKind);
        await _ingest.Heard.First<FavouriteChanged>(change => change.AccountId == other.Id);
        await _ingest.Heard.First<BookmarkChanged>(change => change.AccountId == other.Id);
        await _ingest.Heard.First<PostCreated>(boost => boost.AuthorId == other.Id);
        using var deleted = await author.TryDelete(id);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
    }
}
