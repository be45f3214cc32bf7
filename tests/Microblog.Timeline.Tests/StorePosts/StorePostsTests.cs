using System.Net;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults;
using Microblog.Timeline.Storage;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Microblog.Timeline.Tests.StorePosts;

public class StorePostsTests
{
    [Fact]
    public async Task A_post_is_kept_with_everything_it_said()
    {
        var timeline = await RunningTimeline.Get();
        var (author, friend) = (await timeline.NewPerson(), await timeline.NewPerson());
        var post = APost.By(author, Visibility.Unlisted, [friend, author], tags: ["cats", "größe"]) with
        {
            Text = "Text with ' and \" and \\ and \U0001F431",
            SpoilerText = "cw",
            Sensitive = true,
            Language = null,
        };

        await timeline.Deliver(post);

        var found = await timeline.Neighbours.Ask<GetPosts, PostsFound>(new([post.PostId, 1]));
        var stored = Assert.Single(found.Posts).Post;
        Assert.Equal(post.Mentions, stored.Mentions);
        Assert.Equal(post.Tags, stored.Tags);
        Assert.Equal(post, stored with { Mentions = post.Mentions, Tags = post.Tags });
    }

    [Fact]
    public async Task A_post_delivered_again_changes_nothing()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author);

        await timeline.Deliver(post);
        await timeline.Publish(post);
        await timeline.Publish(post with { Text = "changed" });
        await timeline.Deliver(APost.By(author));

        Assert.Equal(1, await timeline.Count(
            "SELECT count(*) FROM posts WHERE id = $1 AND text = 'hello'", post.PostId));
        Assert.Equal(2, await timeline.Count("SELECT posts_count FROM authors WHERE author_id = $1", author.Id));
    }

    [Fact]
    public async Task Posts_in_one_message_are_stored_even_when_one_of_them_cannot_be()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var wrong = APost.By(author) with { Text = "Postgres takes no \0" };
        PostCreated[] right = [APost.By(author), APost.By(author)];

        await timeline.Publish(new PostsCreated([right[0], wrong, right[1]]));

        await Eventually.Is(async () => await timeline.Count(
            "SELECT count(*) FROM posts WHERE author_id = $1", author.Id) == right.Length);
        Assert.Equal(0, await timeline.Count("SELECT count(*) FROM posts WHERE id = $1", wrong.PostId));
    }

    [Fact]
    public async Task Posts_are_stored_on_a_connection_that_has_just_refused_one()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        // One connection that prepares a statement when it is used again.
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(timeline.Of<IConfiguration>().Required("Postgres"))
            {
                MaxPoolSize = 1,
                MaxAutoPrepare = 50,
                AutoPrepareMinUsages = 2,
            });
        var writer = new PostWriter(database);
        var right = APost.By(author);
        await writer.Store([APost.By(author)], CancellationToken.None);

        await Assert.ThrowsAsync<PostgresException>(() => writer.Store(
            [APost.By(author) with { Text = "Postgres takes no \0" }], CancellationToken.None));
        await writer.Store([right], CancellationToken.None);

        Assert.Equal(1, await timeline.Count("SELECT count(*) FROM posts WHERE id = $1", right.PostId));
    }

    [Fact]
    public async Task A_deletion_that_overtakes_its_post_sticks()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author, tags: "cats");

        await timeline.Publish(APost.Deletion(post));
        await Eventually.Is(async () => await timeline.Count(
            "SELECT count(*) FROM posts WHERE id = $1", post.PostId) == 1);
        await timeline.Publish(post);
        await timeline.Deliver(APost.By(author));

        using var gone = await author.TryGet($"/api/v1/statuses/{post.PostId}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(1, await timeline.Count("SELECT posts_count FROM authors WHERE author_id = $1", author.Id));
    }

    [Fact]
    public async Task Only_the_author_can_delete_a_post()
    {
        var timeline = await RunningTimeline.Get();
        var (author, other) = (await timeline.NewPerson(), await timeline.NewPerson());
        var post = APost.By(author);
        await timeline.Store(post);

        await timeline.Of<PostEraser>().Erase(
            [APost.Deletion(post) with { AuthorId = other.Id }], CancellationToken.None);

        Assert.Equal(1, await timeline.Count(
            "SELECT count(*) FROM posts WHERE id = $1 AND deleted_at IS NULL", post.PostId));
    }

    [Fact]
    public async Task Replies_boosts_and_favourites_are_counted_where_clients_see_it()
    {
        var timeline = await RunningTimeline.Get();
        var (author, fan) = (await timeline.NewPerson(), await timeline.NewPerson());
        var post = APost.By(author);
        await timeline.Deliver(post, APost.By(fan, inReplyTo: post), APost.Boost(fan, post));
        var (given, takenBack) = (APost.Favourite(fan, post), APost.Favourite(fan, post, isFavourite: false));

        await timeline.Publish(given);
        await Eventually.Is(async () => await Counts() == (1, 1, 1));
        await timeline.Publish(takenBack);
        await Eventually.Is(async () => await Counts() == (1, 1, 0));
        await timeline.Publish(given);
        await timeline.Publish(APost.Favourite(author, post));
        await Eventually.Is(async () => await Counts() == (1, 1, 1));

        Assert.Equal(1, (await author.Get($"/api/v1/statuses/{post.PostId}"))
            .GetProperty("account").GetProperty("statuses_count").GetInt64());

        async Task<(long, long, long)> Counts()
        {
            var status = await author.Get($"/api/v1/statuses/{post.PostId}");
            return (
                status.GetProperty("replies_count").GetInt64(),
                status.GetProperty("reblogs_count").GetInt64(),
                status.GetProperty("favourites_count").GetInt64());
        }
    }
}
