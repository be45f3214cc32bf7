using System.Net;
using Microblog.Keyspaces;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Tests.StorePosts;

public class RetractedPostsTests
{
    [Fact]
    public async Task Of_two_posts_with_one_key_the_first_stays_and_the_other_is_announced_as_deleted()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var (first, second) = (APost.By(author, key: "k"), APost.By(author, key: "k"));
        await timeline.Accept(first);
        await timeline.Accept(second);

        await timeline.Deliver(first);
        await timeline.Deliver(second);

        await Eventually.Is(() => Task.FromResult(
            timeline.Neighbours.Deleted.Any(deleted => deleted.PostId == second.PostId)));
        using var gone = await author.TryGet($"/api/v1/statuses/{second.PostId}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal([first.PostId], await author.Ids($"/api/v1/accounts/{author.Id}/statuses"));
        Assert.DoesNotContain(timeline.Neighbours.Deleted, deleted => deleted.PostId == first.PostId);
    }

    [Fact]
    public async Task A_key_used_again_after_an_hour_makes_another_post()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var later = APost.By(author, key: "k");
        var anHour = (long)PostInsert.KeyLifetime.TotalMilliseconds << 16;
        var earlier = APost.By(author, key: "k", id: later.PostId - anHour);

        await timeline.Store(earlier);
        await timeline.Store(later);

        Assert.Equal([later.PostId, earlier.PostId], await author.Ids($"/api/v1/accounts/{author.Id}/statuses"));
    }

    [Fact]
    public async Task Of_two_boosts_of_a_post_the_newer_stays_and_takes_the_mark()
    {
        var timeline = await RunningTimeline.Get();
        var (author, booster) = (await timeline.NewPerson(), await timeline.NewPerson());
        var original = APost.By(author);
        var (older, newer) = (APost.Boost(booster, original), APost.Boost(booster, original));
        await timeline.Redis.Run(store => store.HashSetAsync(
            PostMarks.Key(booster.Id),
            [
                new(PostMarks.Boost(original.PostId), older.PostId),
                new(PostMarks.CompleteField, 1),
                new(PostMarks.ChangeField, 1),
            ]));

        await timeline.Deliver(original, newer);
        await timeline.Deliver(older);

        await Eventually.Is(() => Task.FromResult(
            timeline.Neighbours.Deleted.Any(deleted => deleted.PostId == older.PostId)));
        var status = await booster.Get($"/api/v1/statuses/{original.PostId}");
        Assert.Equal(1, status.GetProperty("reblogs_count").GetInt64());
        Assert.Equal(newer.PostId, await timeline.Redis.Run(async store =>
            (long)await store.HashGetAsync(PostMarks.Key(booster.Id), PostMarks.Boost(original.PostId))));
        Assert.NotEqual(1, await timeline.Redis.Run(async store =>
            (long)await store.HashGetAsync(PostMarks.Key(booster.Id), PostMarks.ChangeField)));
    }
}
