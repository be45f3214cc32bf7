using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>What is in the list is filtered again at every read, whatever let it in.</summary>
public class HomeRulesTests
{
    public static TheoryData<Standing, bool> Authors => new()
    {
        { Standing.Following, true },
        { Standing.None, false },
        { Standing.Following | Standing.Muting, false },
        { Standing.Following | Standing.Blocking, false },
        { Standing.Following | Standing.BlockedBy, false },
        { Standing.Following | Standing.BoostsHidden, true },
    };

    [Theory]
    [MemberData(nameof(Authors))]
    public async Task Posts_are_shown_of_those_whom_the_reader_follows_and_neither_blocks_nor_mutes(
        Standing toAuthor,
        bool isShown)
    {
        var scene = await Scene.Create(toAuthor);
        Assert.Equal(isShown, await scene.Shows(APost.By(scene.Author)));
    }

    [Theory]
    [InlineData(Standing.Following, Standing.None, true)]
    [InlineData(Standing.Following | Standing.BoostsHidden, Standing.None, false)]
    [InlineData(Standing.Following, Standing.Blocking, false)]
    [InlineData(Standing.Following, Standing.BlockedBy, false)]
    [InlineData(Standing.Following, Standing.Muting, false)]
    public async Task Boosts_are_shown_unless_they_or_the_boosted_are_unwanted(
        Standing toBooster,
        Standing toBoosted,
        bool isShown)
    {
        var scene = await Scene.Create(toBooster, toBoosted);
        var original = APost.By(scene.Other);
        await scene.Timeline.Store(original);

        Assert.Equal(isShown, await scene.Shows(APost.Boost(scene.Author, original)));
    }

    [Theory]
    [InlineData(Standing.None, false)]
    [InlineData(Standing.Following, true)]
    public async Task Replies_are_shown_if_the_reader_follows_the_one_replied_to(Standing toOther, bool isShown)
    {
        var scene = await Scene.Create(Standing.Following, toOther);
        Assert.Equal(isShown, await scene.Shows(APost.By(scene.Author, inReplyTo: APost.By(scene.Other))));
    }

    [Fact]
    public async Task Replies_to_oneself_and_to_the_reader_are_shown()
    {
        var scene = await Scene.Create(Standing.Following);
        Assert.True(await scene.Shows(APost.By(scene.Author, inReplyTo: APost.By(scene.Author))));
        Assert.True(await scene.Shows(APost.By(scene.Author, inReplyTo: APost.By(scene.Reader))));
        Assert.True(await scene.Shows(APost.By(scene.Reader, inReplyTo: APost.By(scene.Other))));
    }

    [Fact]
    public async Task Posts_that_mention_somebody_blocked_are_not_shown()
    {
        var scene = await Scene.Create(Standing.Following, Standing.Blocking);
        Assert.False(await scene.Shows(APost.By(scene.Author, mentions: [scene.Other])));
    }

    [Fact]
    public async Task Direct_posts_are_shown_to_those_mentioned_only()
    {
        var scene = await Scene.Create(Standing.Following);
        Assert.True(await scene.Shows(APost.By(scene.Author, Visibility.Private)));
        Assert.False(await scene.Shows(APost.By(scene.Author, Visibility.Direct, [scene.Other])));
        Assert.True(await scene.Shows(APost.By(scene.Author, Visibility.Direct, [scene.Reader])));
    }

    [Fact]
    public async Task A_deleted_post_is_gone_at_once_and_so_is_a_boost_of_it()
    {
        var scene = await Scene.Create(Standing.Following);
        var post = APost.By(scene.Author);
        var boost = APost.Boost(scene.Reader, post);
        Assert.True(await scene.Shows(post));
        Assert.True(await scene.Shows(boost));

        await scene.Timeline.Publish(APost.Deletion(post));

        await Eventually.Is(async () => (await scene.Reader.Home()).Length == 0);
    }

    [Fact]
    public async Task Nothing_that_somebody_suspended_wrote_is_shown_nor_a_boost_of_it()
    {
        var scene = await Scene.Create(Standing.Following, Standing.Following);
        var post = APost.By(scene.Author);
        Assert.True(await scene.Shows(post));

        await scene.Timeline.Suspend(scene.Author);

        Assert.False(await scene.Shows(post));
        Assert.False(await scene.Shows(APost.Boost(scene.Other, post)));
    }

    /// <summary>Somebody who reads, somebody who writes, and a third.</summary>
    private sealed record Scene(RunningTimeline Timeline, Person Reader, Person Author, Person Other)
    {
        public static async Task<Scene> Create(Standing toAuthor, Standing toOther = Standing.None)
        {
            var timeline = await RunningTimeline.Get();
            var scene = new Scene(
                timeline, await timeline.NewPerson(), await timeline.NewPerson(), await timeline.NewPerson());
            await timeline.Relate(scene.Reader, scene.Author, toAuthor);
            await timeline.Relate(scene.Reader, scene.Other, toOther);
            await scene.Reader.Home();
            return scene;
        }

        /// <summary>Both ways: from the list in Redis, and from Postgres when the list is lost.</summary>
        public async Task<bool> Shows(PostCreated post)
        {
            await Timeline.Store(post);
            await Timeline.Append(HomeTimelines.Key(Reader.Id), post.PostId);
            var listed = (await Reader.Home()).Contains(post.PostId);
            await Timeline.Redis.Run(store => store.KeyDeleteAsync(HomeTimelines.Key(Reader.Id)));
            Assert.Equal(listed, (await Reader.Home()).Contains(post.PostId));
            return listed;
        }
    }
}
