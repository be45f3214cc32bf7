using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;

namespace Microblog.FollowGraph.Tests.KeepFollowers;

public class KeepFollowersTests(RunningWithTwoReadersPerCommand followGraph)
    : IClassFixture<RunningWithTwoReadersPerCommand>
{
    [Fact]
    public async Task The_followers_of_somebody_followed_just_now_are_at_hand()
    {
        var (author, first) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        await first.Do("follow", author, new { reblogs = false });

        Assert.Equal([new(first.Id, ShowsBoosts: false)], await followGraph.AtHand(author.Id));
    }

    [Fact]
    public async Task A_follow_that_has_not_ended_is_waited_for()
    {
        var author = RunningFollowGraph.NewId();
        var follower = await followGraph.AddFollower(author);
        var pages = new FollowerPages(followGraph.Redis);
        FollowerChange[] changes = [new(author, follower, ShowsBoosts: true)];
        var change = await pages.BeginChange(changes);

        // To the one who does not wait.
        await followGraph.DeliverToOne(Follow(author, follower));
        await pages.EndChange(changes, change);

        Assert.Equal([new(follower, ShowsBoosts: true)], await followGraph.AtHand(author));
    }

    [Fact]
    public async Task More_followers_than_one_page_are_left_to_the_next_post()
    {
        var author = RunningFollowGraph.NewId();
        long[] followers = [await followGraph.AddFollower(author), await followGraph.AddFollower(author)];
        await followGraph.Count(author, followers.Length);

        await followGraph.Deliver(Follow(author, followers[0]));
        Assert.Null(await new FollowerPages(followGraph.Redis).Find(author));

        await followGraph.Deliver(APost.By(author));
        Assert.Equal(followers, (await followGraph.AtHand(author)).Select(follower => follower.Id));
    }

    [Fact]
    public async Task An_operator_has_them_read_again_however_many_they_are()
    {
        var author = RunningFollowGraph.NewId();
        var kept = await followGraph.AddFollower(author);
        await followGraph.Deliver(APost.By(author));
        // Of whom the pages were not told.
        long[] followers = [kept, await followGraph.AddFollower(author), await followGraph.AddFollower(author)];

        var rebuilt = await followGraph.Neighbours.Publisher.Ask<RebuildFollowers, FollowersRebuilt>(
            new(author), CancellationToken.None);

        Assert.Equal(new FollowersRebuilt(author, FollowerCount: 3, AreAtHand: true), rebuilt);
        Assert.Equal(followers, (await followGraph.AtHand(author)).Select(follower => follower.Id));
    }

    private static AccountFollowed Follow(long author, long follower) =>
        new(RunningFollowGraph.NewId(), follower, author, TimeProvider.System.GetUtcNow());
}
