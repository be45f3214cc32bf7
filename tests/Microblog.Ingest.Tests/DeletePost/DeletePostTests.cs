using System.Globalization;
using System.Net;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Ingest.Tests.DeletePost;

[Collection(Together.Name)]
public class DeletePostTests(RunningIngest ingest)
{
    [Fact]
    public async Task A_deleted_post_is_answered_with_its_source_and_is_gone()
    {
        var author = await ingest.NewPerson();
        var post = await author.Post("*hello* & <goodbye>");
        var id = post.GetProperty("id").GetString()!;

        var deleted = await Person.Ok(author.TryDelete(id));

        Assert.Equal("*hello* & <goodbye>", deleted.GetProperty("text").GetString());
        Assert.Equal(id, deleted.GetProperty("id").GetString());
        var published = await ingest.Heard.First<PostDeleted>(post => post.AuthorId == author.Id);
        Assert.Equal(id, published.PostId.ToString(CultureInfo.InvariantCulture));
        using var again = await author.TryDelete(id);
        await Refused.With(HttpStatusCode.NotFound, "Record not found", again);
    }

    [Fact]
    public async Task Nothing_can_be_done_with_a_deleted_post()
    {
        var (author, other) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        await Person.Ok(author.TryDelete(id));

        foreach (var action in new[] { "favourite", "unfavourite", "bookmark", "unbookmark", "reblog", "unreblog" })
        {
            using var answer = await other.Try(action, id);
            await Refused.With(HttpStatusCode.NotFound, "Record not found", answer);
        }

        await Refused.NothingHappened(ingest, other);
    }

    [Fact]
    public async Task A_restored_snapshot_does_not_undo_a_deletion()
    {
        var author = await ingest.NewPerson();
        var post = await author.Post("hello");
        var id = post.GetProperty("id").GetString()!;
        await Person.Ok(author.TryDelete(id));

        var stored = await ingest.Redis.Run(database =>
            database.StringGetAsync(PostSnapshots.Key(long.Parse(id, CultureInfo.InvariantCulture))));

        Assert.Equal(PostSnapshots.Deleted, (string)stored);
    }

    [Fact]
    public async Task The_post_of_somebody_else_cannot_be_deleted()
    {
        var (author, other) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;

        using var refused = await other.TryDelete(id);

        await Refused.With(HttpStatusCode.NotFound, "Record not found", refused);
        await Refused.NothingHappened(ingest, other);
        Assert.Empty(ingest.Heard.All<PostDeleted>(post => post.AuthorId == author.Id));
    }

    [Fact]
    public async Task A_post_that_is_only_in_Postgres_can_be_deleted()
    {
        var author = await ingest.NewPerson();
        var post = APost.By(author.Id);
        ingest.Neighbours.Posts[post.PostId] = new StoredPost(post, new(2, 3, 4, 9));

        var deleted = await Person.Ok(author.TryDelete(post.PostId.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal("old", deleted.GetProperty("text").GetString());
        await ingest.Heard.First<PostDeleted>(deleted => deleted.PostId == post.PostId);
    }

    [Fact]
    public async Task A_boost_is_deleted_like_a_post_and_no_longer_marked()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var boost = await booster.Do("reblog", id);

        await Person.Ok(booster.TryDelete(boost.GetProperty("id").GetString()!));

        var status = await booster.Do("bookmark", id);
        Assert.False(status.GetProperty("reblogged").GetBoolean());
        var second = await booster.Do("reblog", id);
        Assert.NotEqual(boost.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_boost_can_be_deleted_when_what_it_boosts_is_gone()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var boost = await booster.Do("reblog", id);
        await Person.Ok(author.TryDelete(id));

        var deleted = await Person.Ok(booster.TryDelete(boost.GetProperty("id").GetString()!));

        Assert.Equal(JsonValueKind.Null, deleted.GetProperty("reblog").ValueKind);
    }
}
