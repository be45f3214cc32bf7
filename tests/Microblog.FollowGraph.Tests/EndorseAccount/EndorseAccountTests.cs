namespace Microblog.FollowGraph.Tests.EndorseAccount;

[Collection(nameof(RunningFollowGraph))]
public class EndorseAccountTests(RunningFollowGraph followGraph)
{
    [Theory]
    [InlineData("pin")]
    [InlineData("unpin")]
    [InlineData("endorse")]
    [InlineData("unendorse")]
    public async Task Featuring_answers_with_the_relationship_as_it_is(string action)
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);

        var relationship = await alice.Do(action, bob);

        Assert.True(relationship.GetProperty("following").GetBoolean());
        Assert.False(relationship.GetProperty("endorsed").GetBoolean());
    }
}
