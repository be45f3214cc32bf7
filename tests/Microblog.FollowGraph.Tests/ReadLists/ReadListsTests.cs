namespace Microblog.FollowGraph.Tests.ReadLists;

[Collection(nameof(RunningFollowGraph))]
public class ReadListsTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task There_are_no_lists_and_making_one_is_refused_with_a_sentence()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        Assert.Equal(0, (await alice.Get("/api/v1/lists")).GetArrayLength());
        Assert.Equal(0, (await alice.Get($"/api/v1/accounts/{bob.Id}/lists")).GetArrayLength());
        Assert.Equal(
            (422, "Lists are not available on this server"),
            await alice.Refused(HttpMethod.Post, "/api/v1/lists", new { title = "friends" }));
        Assert.Equal((404, "Record not found"), await alice.Refused(HttpMethod.Get, "/api/v1/lists/1"));
        Assert.Equal((404, "Record not found"), await alice.Refused(HttpMethod.Delete, "/api/v1/lists/1/accounts"));
    }
}
