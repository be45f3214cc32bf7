using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.RestoreRelations;

public class SnapshotBoundTests(RunningWithTwoReadersPerCommand followGraph)
    : IClassFixture<RunningWithTwoReadersPerCommand>
{
    [Fact]
    public async Task Beyond_the_bound_those_who_blocked_first_are_left_out()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);
        var blockers = new List<Person>();
        for (var i = 0; i < 5; i++)
        {
            blockers.Add(await followGraph.NewPerson());
            await blockers[^1].Do("block", alice);
        }

        var found = await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(
            new(alice.Id), CancellationToken.None);

        Assert.Equal(
            new[] { (bob.Id, (int)Standing.Following) }
                .Concat(blockers.TakeLast(3).Select(blocker => (blocker.Id, (int)Standing.BlockedBy)))
                .Order(),
            found.Relations.Select(relation => (relation.OtherId, relation.Flags)).Order());
    }
}
