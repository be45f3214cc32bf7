namespace Microblog.FollowGraph.Tests.ListBlocks;

[Collection(nameof(RunningFollowGraph))]
public class ListBlocksTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Only_the_callers_own_blocks_are_listed_newest_first()
    {
        var (alice, bob, carol) =
            (await followGraph.NewPerson(), await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("block", bob);
        await alice.Do("block", carol);
        await bob.Do("block", alice);

        var blocks = await alice.Get("/api/v1/blocks");

        Assert.Equal(
            [$"{carol.Id}", $"{bob.Id}"],
            blocks.EnumerateArray().Select(account => account.GetProperty("id").GetString()));
    }
}
