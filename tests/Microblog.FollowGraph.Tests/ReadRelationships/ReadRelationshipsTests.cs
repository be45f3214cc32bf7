namespace Microblog.FollowGraph.Tests.ReadRelationships;

[Collection(nameof(RunningFollowGraph))]
public class ReadRelationshipsTests(RunningFollowGraph followGraph)
{
    [Theory]
    [InlineData("id[]")]
    [InlineData("id")]
    public async Task Relationships_come_in_the_order_asked_without_those_nobody_knows(string name)
    {
        var (alice, bob, carol) =
            (await followGraph.NewPerson(), await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", carol);

        var relationships = await alice.Get(
            $"/api/v1/accounts/relationships?{name}={carol.Id}&{name}=17&{name}={bob.Id}&with_suspended=true");

        Assert.Equal(
            [($"{carol.Id}", true), ($"{bob.Id}", false)],
            relationships.EnumerateArray().Select(relationship => (
                relationship.GetProperty("id").GetString(),
                relationship.GetProperty("following").GetBoolean())));
    }

    [Fact]
    public async Task Every_field_that_clients_read_is_there()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        var relationship = await alice.RelationshipTo(bob);

        Assert.Equal(
            [
                "id", "following", "showing_reblogs", "notifying", "languages", "followed_by", "blocking", "blocked_by",
                "muting", "muting_notifications", "muting_expires_at", "requested", "requested_by", "domain_blocking",
                "endorsed", "note",
            ],
            relationship.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task No_ids_are_no_relationships_and_nonsense_is_refused()
    {
        var alice = await followGraph.NewPerson();

        Assert.Equal(0, (await alice.Get("/api/v1/accounts/relationships")).GetArrayLength());
        Assert.Equal(
            0,
            (await alice.Get("/api/v1/accounts/relationships?id[]=99999999999999999999999")).GetArrayLength());
        Assert.Equal(
            (400, "The parameter id must be an id"),
            await alice.Refused(HttpMethod.Get, "/api/v1/accounts/relationships?id[]=me"));
    }

    [Fact]
    public async Task More_ids_than_a_page_holds_are_left_out()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        var first = string.Join('&', Enumerable.Range(1, 80).Select(id => $"id[]={id}"));

        Assert.Equal(0, (await alice.Get($"/api/v1/accounts/relationships?{first}&id[]={bob.Id}")).GetArrayLength());
    }
}
