using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.FollowAccount;

public class FollowMergeTests(RunningWithTwoReadersPerCommand followGraph)
    : IClassFixture<RunningWithTwoReadersPerCommand>
{
    [Fact]
    public async Task A_follow_is_answered_when_the_followees_posts_are_in_the_timeline()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await followGraph.Redis.Run(database =>
            database.ListRightPushAsync(HomeTimelines.Key(alice.Id), TimelineLists.Complete));

        var following = alice.Do("follow", bob);
        var followed = await followGraph.Neighbours.Heard.First<AccountFollowed>(e => e.FollowerId == alice.Id);
        Assert.False(following.IsCompleted);

        await followGraph.Redis.Run(database => database.StringSetAsync(MergedFollows.Key(followed.FollowId), true));
        Assert.True((await following).GetProperty("following").GetBoolean());
    }

    [Fact]
    public async Task A_follower_without_a_timeline_waits_for_nobody()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        await alice.Do("follow", bob).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
