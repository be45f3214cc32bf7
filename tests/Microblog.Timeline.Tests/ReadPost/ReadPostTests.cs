using System.Net;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Tests.ReadPost;

public class ReadPostTests
{
    /// <summary>Who sees what: visibility, relation to the author, mentioned or not.</summary>
    public static TheoryData<Visibility, Standing, bool, bool> Matrix => new()
    {
        { Visibility.Public, Standing.None, false, true },
        { Visibility.Public, Standing.BlockedBy, false, false },
        { Visibility.Public, Standing.Blocking, false, false },
        { Visibility.Public, Standing.Muting, false, true },
        { Visibility.Unlisted, Standing.None, false, true },
        { Visibility.Unlisted, Standing.BlockedBy, false, false },
        { Visibility.Private, Standing.None, false, false },
        { Visibility.Private, Standing.Following, false, true },
        { Visibility.Private, Standing.None, true, true },
        { Visibility.Private, Standing.BlockedBy, true, false },
        { Visibility.Direct, Standing.Following, false, false },
        { Visibility.Direct, Standing.None, true, true },
        { Visibility.Direct, Standing.BlockedBy, true, false },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_post_is_seen_by_whom_it_is_meant_for(
        Visibility visibility,
        Standing toAuthor,
        bool isMentioned,
        bool isSeen)
    {
        var timeline = await RunningTimeline.Get();
        var (author, viewer) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(viewer, author, toAuthor);
        var post = APost.By(author, visibility, isMentioned ? [viewer] : []);
        await timeline.Store(post);
        string[] routes =
        [
            $"/api/v1/statuses/{post.PostId}",
            $"/api/v1/statuses/{post.PostId}/context",
            $"/api/v1/statuses/{post.PostId}/source",
            $"/api/v1/statuses/{post.PostId}/history",
            $"/api/v1/statuses/{post.PostId}/reblogged_by",
            $"/api/v1/statuses/{post.PostId}/favourited_by",
        ];

        foreach (var route in routes)
        {
            using var answer = await viewer.TryGet(route);
            Assert.Equal((route, isSeen ? HttpStatusCode.OK : HttpStatusCode.NotFound), (route, answer.StatusCode));
            using var own = await author.TryGet(route);
            Assert.Equal((route, HttpStatusCode.OK), (route, own.StatusCode));
        }

        using var anonymous = await timeline.Client().GetAsync(routes[0]);
        Assert.Equal(
            visibility is Visibility.Public or Visibility.Unlisted ? HttpStatusCode.OK : HttpStatusCode.NotFound,
            anonymous.StatusCode);
        Assert.Equal(isSeen, (await viewer.Ids($"/api/v1/accounts/{author.Id}/statuses")).Length > 0);
        Assert.Equal(isSeen, (await viewer.Ids($"/api/v1/statuses?id[]={post.PostId}")).Length > 0);
    }

    [Fact]
    public async Task A_post_is_seen_before_it_is_stored()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author, tags: "cats");
        await author.Ids($"/api/v1/accounts/{author.Id}/statuses");
        await timeline.Accept(post);
        await timeline.Append(AuthorTimelines.Key(author.Id), post.PostId);

        var status = await author.Get($"/api/v1/statuses/{post.PostId}");

        Assert.Equal("<p>hello</p>", status.GetProperty("content").GetString());
        Assert.Equal([post.PostId], await author.Ids($"/api/v1/accounts/{author.Id}/statuses"));
    }

    [Fact]
    public async Task The_source_is_the_text_and_the_history_has_one_version()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author);
        await timeline.Store(post);

        var source = await author.Get($"/api/v1/statuses/{post.PostId}/source");
        var history = await author.Get($"/api/v1/statuses/{post.PostId}/history");

        Assert.Equal("hello", source.GetProperty("text").GetString());
        var version = Assert.Single(history.EnumerateArray());
        Assert.Equal("<p>hello</p>", version.GetProperty("content").GetString());
    }

    [Fact]
    public async Task Those_who_boosted_or_favourited_a_post_are_listed_by_the_time_they_did()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var fans = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => timeline.NewPerson()));
        var post = APost.By(author);
        await timeline.Store(post);
        foreach (var fan in fans)
        {
            await timeline.Store(APost.Boost(fan, post));
            await timeline.Of<FavouriteWriter>().Store(
                [APost.Favourite(fan, post)], CancellationToken.None);
        }

        foreach (var list in new[] { "reblogged_by", "favourited_by" })
        {
            using var first = await author.TryGet($"/api/v1/statuses/{post.PostId}/{list}?limit=2");
            var next = string.Join("", first.Headers.GetValues("Link")).Split('<', '>')[1];
            var second = await author.Ids(new Uri(next).PathAndQuery);

            Assert.Equal([fans[2].Id, fans[1].Id], Person.IdsOf(await Person.Ok(Task.FromResult(first))));
            Assert.Equal([fans[0].Id], second);
        }
    }
}
