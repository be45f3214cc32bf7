using Microblog.Contracts.FollowGraph;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.FollowGraph.Tests.FindFollows;

[Collection(nameof(RunningFollowGraph))]
public class FindFollowsTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Follows_are_found_newest_first_below_the_cursor_and_within_the_limit()
    {
        var author = RunningFollowGraph.NewId();
        var followers = new List<long>();
        for (var i = 0; i < 103; i++)
            followers.Add(await followGraph.AddFollower(author));

        var newest = await Ask(new(author, long.MaxValue, Limit: 2));
        var rest = await Ask(new(author, newest.Follows[^1].FollowId, Limit: 5_000));
        var none = await Ask(new(author, BeforeId: 0, Limit: 0));

        Assert.Equal([followers[102], followers[101]], newest.Follows.Select(follow => follow.FollowerId));
        Assert.Equal(followers[..101].AsEnumerable().Reverse(), rest.Follows.Select(follow => follow.FollowerId));
        Assert.All(newest.Follows, follow => Assert.Equal(IdSequence.CreatedAt(follow.FollowId), follow.FollowedAt));
        Assert.Empty(none.Follows);
    }

    private Task<FollowsFound> Ask(GetFollows question) =>
        followGraph.Neighbours.Publisher.Ask<GetFollows, FollowsFound>(question, CancellationToken.None);
}
