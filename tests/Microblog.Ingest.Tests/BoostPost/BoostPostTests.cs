using System.Globalization;
using System.Net;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Ingest.Tests.BoostPost;

[Collection(Together.Name)]
public class BoostPostTests(RunningIngest ingest)
{
    [Fact]
    public async Task A_boost_is_a_status_of_its_own_around_the_original()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = await author.Post("hello");
        var id = post.GetProperty("id").GetString()!;

        var boost = await booster.Do("reblog", id);

        Assert.NotEqual(id, boost.GetProperty("id").GetString());
        Assert.Equal(booster.Username, boost.GetProperty("account").GetProperty("acct").GetString());
        var original = boost.GetProperty("reblog");
        Assert.Equal(id, original.GetProperty("id").GetString());
        Assert.Equal(author.Username, original.GetProperty("account").GetProperty("acct").GetString());
        Assert.True(original.GetProperty("reblogged").GetBoolean());
        Assert.Equal(1, original.GetProperty("reblogs_count").GetInt64());
        Assert.Equal(1, boost.GetProperty("reblogs_count").GetInt64());

        var published = await ingest.Heard.First<PostCreated>(boost => boost.AuthorId == booster.Id);
        Assert.Equal(boost.GetProperty("id").GetString(), published.PostId.ToString(CultureInfo.InvariantCulture));
        Assert.Equal((id, author.Id), ($"{published.BoostOfId}", published.BoostOfAuthorId));
        Assert.Equal(("", ""), (published.Text, published.Content));
    }

    [Fact]
    public async Task Boosting_again_answers_with_the_same_boost_and_publishes_nothing()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var boost = await booster.Do("reblog", id);

        var again = await booster.Do("reblog", id);
        var throughBoost = await booster.Do("reblog", boost.GetProperty("id").GetString()!);

        Assert.Equal(boost.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(boost.GetProperty("id").GetString(), throughBoost.GetProperty("id").GetString());
        await ingest.Neighbours.Settle();
        Assert.Single(ingest.Heard.All<PostCreated>(post => post.AuthorId == booster.Id));
    }

    [Fact]
    public async Task Boosting_at_the_same_moment_makes_one_boost()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;

        var boosts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => booster.Do("reblog", id)));

        Assert.Single(boosts.Select(boost => boost.GetProperty("id").GetString()).Distinct());
        await ingest.Neighbours.Settle();
        var published = ingest.Heard.All<PostCreated>(post => post.AuthorId == booster.Id);
        Assert.Single(published.DistinctBy(post => post.PostId));
    }

    [Fact]
    public async Task A_boost_that_only_Postgres_knows_is_found()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var post = APost.By(author.Id);
        var boost = APost.By(booster.Id) with { BoostOfId = post.PostId, BoostOfAuthorId = author.Id };
        ingest.Neighbours.Posts[post.PostId] = new StoredPost(post, new(0, 1, 0, 1));
        ingest.Neighbours.Posts[boost.PostId] = new StoredPost(boost, new(0, 0, 0, 1));
        ingest.Neighbours.Marks[booster.Id] = [new PostMark(post.PostId, false, false, boost.PostId)];
        await ingest.Redis.Run(database => database.KeyDeleteAsync(PostMarks.Key(booster.Id)));

        var again = await booster.Do("reblog", post.PostId.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(boost.PostId.ToString(CultureInfo.InvariantCulture), again.GetProperty("id").GetString());
        Assert.Equal(1, again.GetProperty("reblog").GetProperty("reblogs_count").GetInt64());
    }

    [Fact]
    public async Task Taking_a_boost_back_answers_with_the_original_and_deletes_the_boost()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var boost = await booster.Do("reblog", id);

        var original = await booster.Do("unreblog", id);
        var again = await booster.Do("unreblog", id);

        Assert.Equal(id, original.GetProperty("id").GetString());
        Assert.False(original.GetProperty("reblogged").GetBoolean());
        Assert.Equal(0, original.GetProperty("reblogs_count").GetInt64());
        Assert.Equal(original.GetRawText(), again.GetRawText());
        await ingest.Neighbours.Settle();
        var deleted = Assert.Single(ingest.Heard.All<PostDeleted>(post => post.AuthorId == booster.Id));
        Assert.Equal(boost.GetProperty("id").GetString(), deleted.PostId.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_boost_taken_back_can_be_made_again_under_a_new_id()
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;
        var first = await booster.Do("reblog", id);
        await booster.Do("unreblog", first.GetProperty("id").GetString()!);

        var second = await booster.Do("reblog", id);

        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.True(second.GetProperty("reblog").GetProperty("reblogged").GetBoolean());
    }

    [Theory]
    [InlineData("unlisted", "unlisted")]
    [InlineData("private", "private")]
    [InlineData("", "public")]
    public async Task The_booster_says_who_sees_the_boost(string asked, string visibility)
    {
        var booster = await ingest.NewPerson();
        var id = (await booster.Post("hello")).GetProperty("id").GetString()!;

        var boost = await Person.Ok(booster.Send(
            HttpMethod.Post,
            $"/api/v1/statuses/{id}/reblog",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["visibility"] = asked })));

        Assert.Equal(visibility, boost.GetProperty("visibility").GetString());
    }

    [Fact]
    public async Task A_private_post_is_boosted_by_its_author_only_and_privately()
    {
        var (author, follower) = (await ingest.NewPerson(), await ingest.NewPerson());
        await ingest.Relate(follower, author, Standing.Following);
        var id = (await author.Post("hello", visibility: "private")).GetProperty("id").GetString()!;

        var boost = await author.Do("reblog", id);
        using var refused = await follower.Try("reblog", id);

        Assert.Equal("private", boost.GetProperty("visibility").GetString());
        await Refused.With(
            HttpStatusCode.UnprocessableEntity,
            "Validation failed: Reblog of a post that is not public is not possible",
            refused);
        await Refused.NothingHappened(ingest, follower);
    }

    [Fact]
    public async Task A_direct_post_is_boosted_by_nobody()
    {
        var author = await ingest.NewPerson();
        var id = (await author.Post("hello", visibility: "direct")).GetProperty("id").GetString()!;

        using var refused = await author.Try("reblog", id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("everyone")]
    public async Task A_boost_cannot_have_this_visibility(string visibility)
    {
        var (author, booster) = (await ingest.NewPerson(), await ingest.NewPerson());
        var id = (await author.Post("hello")).GetProperty("id").GetString()!;

        using var refused = await booster.Send(HttpMethod.Post, $"/api/v1/statuses/{id}/reblog", new { visibility });

        await Refused.With(
            HttpStatusCode.UnprocessableEntity,
            "Validation failed: Visibility must be public, unlisted or private",
            refused);
        await Refused.NothingHappened(ingest, booster);
    }
}
