namespace Microblog.FollowGraph.Tests.FindFamiliarFollowers;

[Collection(nameof(RunningFollowGraph))]
public class FindFamiliarFollowersTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Only_followers_whom_the_caller_follows_are_familiar()
    {
        var (alice, bob, carol, dave) = (await followGraph.NewPerson(), await followGraph.NewPerson(),
            await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);
        await bob.Do("follow", carol);
        await dave.Do("follow", carol);

        var familiar = await alice.Get($"/api/v1/accounts/familiar_followers?id[]={carol.Id}&id[]={dave.Id}");

        Assert.Equal($"{carol.Id}", familiar[0].GetProperty("id").GetString());
        Assert.Equal(
            $"{bob.Id}",
            Assert.Single(familiar[0].GetProperty("accounts").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal($"{dave.Id}", familiar[1].GetProperty("id").GetString());
        Assert.Equal(0, familiar[1].GetProperty("accounts").GetArrayLength());
    }
}
