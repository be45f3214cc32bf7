namespace Microblog.FollowGraph.Tests.FollowAccount;

public class FollowLimitTests(RunningWithTwoReadersPerCommand followGraph)
    : IClassFixture<RunningWithTwoReadersPerCommand>
{
    [Theory]
    [InlineData("follow")]
    [InlineData("block")]
    [InlineData("mute")]
    public async Task One_relation_more_than_the_limit_is_refused_until_one_is_taken_back(string action)
    {
        var alice = await followGraph.NewPerson();
        var others = new List<Person>();
        for (var i = 0; i <= RunningWithTwoReadersPerCommand.RelationsOfAKindMax; i++)
            others.Add(await followGraph.NewPerson());
        foreach (var other in others.SkipLast(1))
            await alice.Do(action, other);

        Assert.Equal(
            (422, $"Validation failed: You cannot {action} more than 3 accounts"),
            await alice.Refused(HttpMethod.Post, $"/api/v1/accounts/{others[^1].Id}/{action}"));
        await alice.Do(action, others[0]);
        await alice.Do($"un{action}", others[0]);
        await alice.Do(action, others[^1]);
    }
}
