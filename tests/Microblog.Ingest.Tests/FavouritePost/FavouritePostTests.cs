using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Ingest.Tests.FavouritePost;

[Collection(Together.Name)]
public class FavouritePostTests(RunningIngest ingest)
{
    [Fact]
    public async Task A_favourite_is_seen_at_once_and_published()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;

        var status = await reader.Do("favourite", id);

        Assert.Equal(id, status.GetProperty("id").GetString());
        Assert.True(status.GetProperty("favourited").GetBoolean());
        Assert.Equal(1, status.GetProperty("favourites_count").GetInt64());
        var change = await ingest.Heard.First<FavouriteChanged>(change => change.AccountId == reader.Id);
        Assert.Equal((id, true), ($"{change.PostId}", change.IsFavourite));
        Assert.Equal(author.Id, change.AuthorId);
    }

    [Fact]
    public async Task Doing_it_again_changes_nothing_and_tells_nobody()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        await reader.Do("favourite", id);

        var again = await reader.Do("favourite", id);

        Assert.True(again.GetProperty("favourited").GetBoolean());
        await ingest.Neighbours.Settle();
        Assert.Single(ingest.Heard.All<FavouriteChanged>(change => change.AccountId == reader.Id));
    }

    [Fact]
    public async Task Taking_it_back_is_the_later_change()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        await reader.Do("favourite", id);

        var status = await reader.Do("unfavourite", id);
        var again = await reader.Do("unfavourite", id);

        Assert.False(status.GetProperty("favourited").GetBoolean());
        Assert.False(again.GetProperty("favourited").GetBoolean());
        Assert.Equal(0, status.GetProperty("favourites_count").GetInt64());
        await ingest.Neighbours.Settle();
        var changes = ingest.Heard.All<FavouriteChanged>(change => change.AccountId == reader.Id);
        Assert.Equal([true, false], changes.Select(change => change.IsFavourite));
        Assert.True(changes[1].ChangeId > changes[0].ChangeId);
    }

    [Fact]
    public async Task Whoever_remembers_marks_is_told_that_they_changed()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var changes = new List<long>();

        foreach (var action in new[] { "favourite", "bookmark", "reblog", "unfavourite", "unbookmark", "unreblog" })
        {
            await reader.Do(action, id);
            changes.Add(await ingest.Redis.Run(async database =>
                (long)await database.HashGetAsync(PostMarks.Key(reader.Id), PostMarks.ChangeField)));
        }

        Assert.Equal(6, changes.Distinct().Count());
    }

    [Fact]
    public async Task What_only_Postgres_knows_is_asked_for()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = APost.By(author.Id);
        ingest.Neighbours.Posts[post.PostId] = new StoredPost(post, new(0, 0, 5, 1));
        ingest.Neighbours.Marks[reader.Id] = [new PostMark(post.PostId, true, true, 0)];
        await ingest.Redis.Run(database => database.KeyDeleteAsync(PostMarks.Key(reader.Id)));

        var status = await reader.Do("unfavourite", post.PostId.ToString(CultureInfo.InvariantCulture));

        Assert.False(status.GetProperty("favourited").GetBoolean());
        Assert.Equal(4, status.GetProperty("favourites_count").GetInt64());
    }

    [Fact]
    public async Task On_a_boost_it_is_meant_for_the_original()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var boost = await author.Do("reblog", id);

        var status = await reader.Do("favourite", boost.GetProperty("id").GetString()!);

        Assert.Equal(id, status.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("reblog").ValueKind);
    }

    [Fact]
    public async Task Who_is_blocked_by_the_author_cannot_do_it()
    {
        var (author, reader) = (await ingest.NewPerson(), await ingest.NewPerson());
        await ingest.Relate(reader, author, Standing.BlockedBy);
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;

        using var refused = await reader.Try("favourite", id);

        await Refused.With(HttpStatusCode.NotFound, "Record not found", refused);
        await Refused.NothingHappened(ingest, reader);
    }
}
