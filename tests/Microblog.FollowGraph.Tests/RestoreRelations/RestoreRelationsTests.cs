using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.RestoreRelations;

[Collection(nameof(RunningFollowGraph))]
public class RestoreRelationsTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task A_restored_snapshot_equals_one_that_was_kept_up_change_by_change()
    {
        var alice = await followGraph.NewPerson();
        await Ask(alice.Id);
        var (followed, quiet, blocked, muted, asked, blocker) = (await followGraph.NewPerson(),
            await followGraph.NewPerson(), await followGraph.NewPerson(), await followGraph.NewPerson(),
            await followGraph.NewPerson(locked: true), await followGraph.NewPerson());
        await alice.Do("follow", followed);
        await alice.Do("follow", quiet, new { reblogs = false, notify = true });
        await alice.Do("mute", quiet, new { notifications = false, duration = 600 });
        await alice.Do("block", blocked);
        await alice.Do("mute", muted);
        await alice.Do("follow", asked);
        await blocker.Do("block", alice);
        var kept = await Fields(alice.Id);

        await followGraph.Redis.Run(database => database.KeyDeleteAsync(RelationSnapshots.Key(alice.Id)));
        var found = await Ask(alice.Id);

        Assert.Equal(kept, await Fields(alice.Id));
        Assert.Equal(6, found.Relations.Count);
        Assert.Equal(
            (int)(Standing.Following | Standing.BoostsHidden | Standing.Notifying | Standing.Muting),
            found.Relations.Single(relation => relation.OtherId == quiet.Id).Flags);
    }

    [Fact]
    public async Task Somebody_without_relations_gets_an_empty_snapshot_that_is_trusted()
    {
        var alice = RunningFollowGraph.NewId();

        var (first, second) = (await Ask(alice), await Ask(alice));

        Assert.Empty(first.Relations);
        Assert.Empty(second.Relations);
        Assert.True((await followGraph.Snapshot(alice, RunningFollowGraph.NewId())).IsTrusted);
    }

    [Fact]
    public async Task A_snapshot_that_missed_a_change_is_dropped_by_the_next_one()
    {
        var (alice, bob, carol) =
            (await followGraph.NewPerson(), await followGraph.NewPerson(), await followGraph.NewPerson());
        await Ask(alice.Id);
        // As after a crash of Redis that brought back an older file.
        var older = await followGraph.Redis.Run(database => database.HashGetAllAsync(RelationSnapshots.Key(alice.Id)));
        await alice.Do("follow", bob);
        await followGraph.Redis.Run(async database =>
        {
            await database.KeyDeleteAsync(RelationSnapshots.Key(alice.Id));
            await database.HashSetAsync(RelationSnapshots.Key(alice.Id), older);
        });

        await alice.Do("follow", carol);

        Assert.False((await followGraph.Snapshot(alice.Id, carol.Id)).IsTrusted);
        Assert.Equal(2, (await Ask(alice.Id)).Relations.Count);
    }

    private Task<RelationsFound> Ask(long accountId) =>
        followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(new(accountId), CancellationToken.None);

    private async Task<IReadOnlyList<string>> Fields(long accountId)
    {
        var entries = await followGraph.Redis.Run(database =>
            database.HashGetAllAsync(RelationSnapshots.Key(accountId)));
        return [.. entries.Select(entry => $"{entry.Name} {entry.Value}").Order()];
    }
}
