using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Ingest.Tests.BookmarkPost;

[Collection(Together.Name)]
public class BookmarkPostTests(RunningIngest ingest)
{
    [Fact]
    public async Task A_bookmark_is_seen_at_once_and_published()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;

        var status = await reader.Do("bookmark", id);

        Assert.Equal(id, status.GetProperty("id").GetString());
        Assert.True(status.GetProperty("bookmarked").GetBoolean());
        var change = await ingest.Heard.First<BookmarkChanged>(change => change.AccountId == reader.Id);
        Assert.Equal((id, true), ($"{change.PostId}", change.IsBookmarked));
    }

    [Fact]
    public async Task Doing_it_again_changes_nothing_and_tells_nobody()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        await reader.Do("bookmark", id);

        var again = await reader.Do("bookmark", id);

        Assert.True(again.GetProperty("bookmarked").GetBoolean());
        await ingest.Neighbours.Settle();
        Assert.Single(ingest.Heard.All<BookmarkChanged>(change => change.AccountId == reader.Id));
    }

    [Fact]
    public async Task Taking_it_back_is_the_later_change()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        await reader.Do("bookmark", id);

        var status = await reader.Do("unbookmark", id);
        var again = await reader.Do("unbookmark", id);

        Assert.False(status.GetProperty("bookmarked").GetBoolean());
        Assert.False(again.GetProperty("bookmarked").GetBoolean());
        await ingest.Neighbours.Settle();
        var changes = ingest.Heard.All<BookmarkChanged>(change => change.AccountId == reader.Id);
        Assert.Equal([true, false], changes.Select(change => change.IsBookmarked));
        Assert.True(changes[1].ChangeId > changes[0].ChangeId);
    }

    [Fact]
    public async Task What_only_Postgres_knows_is_asked_for()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = APost.By(author.Id);
        ingest.Neighbours.Posts[post.PostId] = new StoredPost(post, new(0, 0, 5, 1));
        ingest.Neighbours.Marks[reader.Id] = [new PostMark(post.PostId, true, true, 0)];
        await ingest.Redis.Run(database => database.KeyDeleteAsync(PostMarks.Key(reader.Id)));

        var status = await reader.Do("unbookmark", post.PostId.ToString(CultureInfo.InvariantCulture));

        Assert.False(status.GetProperty("bookmarked").GetBoolean());
    }

    [Fact]
    public async Task On_a_boost_it_is_meant_for_the_original()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var boost = await author.Do("reblog", id);

        var status = await reader.Do("bookmark", boost.GetProperty("id").GetString()!);

        Assert.Equal(id, status.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("reblog").ValueKind);
    }

    [Fact]
    public async Task Who_is_blocked_by_the_author_cannot_do_it()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        await ingest.Relate(reader, author, Standing.BlockedBy);
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;

        using var refused = await reader.Try("bookmark", id);

        await Refused.With(HttpStatusCode.NotFound, "Record not found", refused);
        await Refused.NothingHappened(ingest, reader);
    }
}
