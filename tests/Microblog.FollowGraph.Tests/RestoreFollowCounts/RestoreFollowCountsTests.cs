using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.RestoreFollowCounts;

[Collection(nameof(RunningFollowGraph))]
public class RestoreFollowCountsTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Counts_are_answered_and_written_where_they_were_missing()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);
        await followGraph.Redis.Run(database => database.KeyDeleteAsync(AccountSnapshots.Key(bob.Id)));
        var nobody = RunningFollowGraph.NewId();

        var found = await followGraph.Neighbours.Publisher.Ask<GetFollowCounts, FollowCountsFound>(
            new([bob.Id, nobody, bob.Id]), CancellationToken.None);

        Assert.Equal(
            [(bob.Id, 1, 0), (nobody, 0, 0)],
            found.Counts.Select(count => (count.AccountId, count.Followers, count.Following))
                .OrderBy(count => count.AccountId));
        Assert.Equal("1 0", await followGraph.CountsOf(bob));
    }
}
