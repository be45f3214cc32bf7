using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>Apart from the others: the sign of a backlog is the same for all readers.</summary>
[Collection(Alone.Name)]
public class BacklogTests
{
    [Fact]
    public async Task While_the_store_is_behind_a_list_takes_in_the_authors_own_lists_and_stays_unfinished()
    {
        var timeline = await RunningTimeline.Get();
        var (reader, author) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(reader, author, Standing.Following);
        var (stored, waiting, later) = (APost.By(author), APost.By(author), APost.By(author));
        await timeline.Store(stored);
        await timeline.Accept(waiting);
        await timeline.Redis.Run(store => Task.WhenAll(
            store.StringSetAsync("store-behind", 1),
            store.ListRightPushAsync(AuthorTimelines.Key(author.Id), [TimelineLists.Unfinished, waiting.PostId])));

        var behind = await reader.Home();
        var list = await timeline.ListOf(HomeTimelines.Key(reader.Id));
        await timeline.Store(waiting, later);
        await timeline.Redis.Run(store => store.KeyDeleteAsync("store-behind"));

        Assert.Equal([waiting.PostId, stored.PostId], behind);
        Assert.Equal(TimelineLists.Unfinished, list[0]);
        await Eventually.Is(async () =>
            (await reader.Home()).SequenceEqual([later.PostId, waiting.PostId, stored.PostId])
            && (await timeline.ListOf(HomeTimelines.Key(reader.Id)))[0] == TimelineLists.Complete);
    }
}
