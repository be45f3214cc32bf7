using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microsoft.Extensions.Logging;

namespace Microblog.Ingest.Tests.Outages;

/// <summary>Nobody is bound to the exchanges, so that the broker returns what is published.</summary>
public class NoQueuesTests : IAsyncLifetime
{
    private readonly RunningWithoutQueues _ingest = new();

    public Task InitializeAsync() => _ingest.InitializeAsync();

    public Task DisposeAsync() => _ingest.DisposeAsync();

    [Fact]
    public async Task What_no_queue_takes_is_spooled_and_arrives_once_one_does_and_the_operator_hears_of_it()
    {
        var author = await _ingest.NewPerson();

        using var answer = await author.TryPost(new { status = "hello" }, "key");
        var status = await Person.Ok(Task.FromResult(answer));
        var again = await Person.Ok(author.TryPost(new { status = "hello" }, "key"));

        // The broker is well; what is missing, clients can do nothing about.
        Assert.False(answer.Headers.Contains("Microblog-Standby"));
        Assert.Contains(_ingest.Log, entry => entry.Level == LogLevel.Error
            && entry.Message.StartsWith("No queue takes PostsCreated", StringComparison.Ordinal));
        await _ingest.StartNeighbours();
        var published = await _ingest.Heard.First<PostCreated>(post => post.AuthorId == author.Id);
        var id = published.PostId.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(id, status.GetProperty("id").GetString());
        Assert.Equal(id, again.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Whatever_people_do_is_spooled()
    {
        var (author, other) = (await _ingest.NewPerson(), await _ingest.NewPerson());
        var post = APost.By(author.Id);
        await _ingest.Keep(post);
        var id = post.PostId.ToString(CultureInfo.InvariantCulture);

        Assert.True((await other.Do("favourite", id)).GetProperty("favourited").GetBoolean());
        Assert.True((await other.Do("bookmark", id)).GetProperty("bookmarked").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, (await other.Do("reblog", id)).GetProperty("reblog").ValueKind);
        using var deleted = await author.TryDelete(id);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);

        await _ingest.StartNeighbours();
        await _ingest.Heard.First<FavouriteChanged>(change => change.AccountId == other.Id);
        await _ingest.Heard.First<BookmarkChanged>(change => change.AccountId == other.Id);
        await _ingest.Heard.First<PostCreated>(boost => boost.AuthorId == other.Id);
        await _ingest.Heard.First<PostDeleted>(deletion => deletion.PostId == post.PostId);
    }
}
