namespace Microblog.FollowGraph.Tests.NoteAccount;

[Collection(nameof(RunningFollowGraph))]
public class NoteAccountTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task A_note_is_for_its_writer_and_can_be_changed_and_forgotten()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        var first = await alice.Do("note", bob, new { comment = "<b>knows & tells</b>" });
        var second = await alice.Do("note", bob, new { comment = "met in May" });

        Assert.Equal("<b>knows & tells</b>", first.GetProperty("note").GetString());
        Assert.Equal("met in May", second.GetProperty("note").GetString());
        Assert.Equal("", (await bob.RelationshipTo(alice)).GetProperty("note").GetString());
        Assert.Equal("", (await alice.Do("note", bob)).GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_note_that_is_too_long_or_holds_what_is_no_text_is_refused_with_its_name()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        var path = $"/api/v1/accounts/{bob.Id}/note";

        Assert.Equal(
            (422, "Validation failed: Comment is too long (maximum is 2000 characters)"),
            await alice.Refused(HttpMethod.Post, path, new { comment = new string('x', 2_001) }));
        Assert.Equal(
            (422, "Validation failed: Comment contains invalid characters"),
            await alice.Refused(HttpMethod.Post, path, new { comment = "a\0b" }));
        Assert.Equal("", (await alice.RelationshipTo(bob)).GetProperty("note").GetString());
    }
}
