using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Tests.ReadFavourites;

/// <summary>Favourites and bookmarks.</summary>
public class MarkedPostsTests
{
    [Theory]
    [InlineData("favourites")]
    [InlineData("bookmarks")]
    public async Task Marked_posts_are_listed_by_the_time_of_the_mark_and_paged_by_the_marks_own_id(string list)
    {
        var timeline = await RunningTimeline.Get();
        var (author, reader) = (await timeline.NewPerson(), await timeline.NewPerson());
        var posts = Enumerable.Range(0, 4).Select(_ => APost.By(author)).ToArray();
        await timeline.Store(posts);
        foreach (var post in new[] { posts[2], posts[0], posts[3], posts[1] })
            await Mark(timeline, list, reader, post, isMarked: true);
        await Mark(timeline, list, reader, posts[3], isMarked: false);
        // Not how many: in between there are three as well.
        await Eventually.Is(async () => (await reader.Ids("/api/v1/" + list))
            .SequenceEqual([posts[1].PostId, posts[0].PostId, posts[2].PostId]));

        using var first = await reader.TryGet($"/api/v1/{list}?limit=2");
        var link = string.Join("", first.Headers.GetValues("Link"));
        var second = await reader.Ids(new Uri(link.Split('<', '>')[1]).PathAndQuery);

        Assert.Equal([posts[1].PostId, posts[0].PostId], Person.IdsOf(await Person.Ok(Task.FromResult(first))));
        Assert.Equal([posts[2].PostId], second);
        Assert.Empty(await author.Ids("/api/v1/" + list));
    }

    [Fact]
    public async Task Lost_marks_come_back_and_newer_ones_in_redis_stay()
    {
        var timeline = await RunningTimeline.Get();
        var (author, reader) = (await timeline.NewPerson(), await timeline.NewPerson());
        var (favourite, boosted, takenBack) = (APost.By(author), APost.By(author), APost.By(author));
        var boost = APost.Boost(reader, boosted);
        await timeline.Store(favourite, boosted, takenBack, boost);
        await timeline.Of<FavouriteWriter>().Store(
            [APost.Favourite(reader, favourite), APost.Favourite(reader, takenBack)], CancellationToken.None);
        await timeline.Redis.Run(store => store.HashSetAsync(
            Keyspaces.PostMarks.Key(reader.Id), Keyspaces.PostMarks.Favourite(takenBack.PostId), 0));

        var marks = await timeline.Neighbours.Ask<GetMarks, MarksFound>(new(reader.Id));
        var shown = await reader.Get($"/api/v1/statuses/{favourite.PostId}");
        var changed = await reader.Get($"/api/v1/statuses/{takenBack.PostId}");

        Assert.Contains(new PostMark(favourite.PostId, true, false, 0), marks.Marks);
        Assert.Contains(new PostMark(boosted.PostId, false, false, boost.PostId), marks.Marks);
        Assert.True(shown.GetProperty("favourited").GetBoolean());
        Assert.False(changed.GetProperty("favourited").GetBoolean());
    }

    private static Task Mark(RunningTimeline timeline, string list, Person reader, PostCreated post, bool isMarked) =>
        list == "favourites"
            ? timeline.Publish(APost.Favourite(reader, post, isMarked))
            : timeline.Publish(APost.Bookmark(reader, post, isMarked));
}
