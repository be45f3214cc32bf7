using System.Text.Json;

namespace Microblog.FollowGraph.Tests.ListMutes;

[Collection(nameof(RunningFollowGraph))]
public class ListMutesTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task A_muted_account_says_until_when()
    {
        var (alice, bob, carol) =
            (await followGraph.NewPerson(), await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("mute", bob, new { duration = 3_600 });
        await alice.Do("mute", carol);

        var mutes = await alice.Get("/api/v1/mutes?limit=500");

        Assert.Equal(
            [$"{carol.Id}", $"{bob.Id}"],
            mutes.EnumerateArray().Select(account => account.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, mutes[0].GetProperty("mute_expires_at").ValueKind);
        Assert.Matches(@"\.\d{3}Z$", mutes[1].GetProperty("mute_expires_at").GetString());
        Assert.Matches(@"T00:00:00\.000Z$", mutes[1].GetProperty("created_at").GetString());
    }
}
