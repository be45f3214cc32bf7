using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class ScopesTests
{
    private static readonly string[] ChildrenOfFollow =
        ["read:blocks", "read:follows", "read:mutes", "write:blocks", "write:follows", "write:mutes"];

    [Fact]
    public void A_parent_covers_its_children_and_nothing_else()
    {
        foreach (var scope in Scopes.All)
        {
            Assert.Equal(scope.Split(':')[0] == "read", Granted("read", scope));
            Assert.Equal(scope.Split(':')[0] == "write", Granted("write", scope));
            Assert.Equal(scope == "follow" || ChildrenOfFollow.Contains(scope), Granted("follow", scope));
        }
    }

    [Theory]
    [InlineData("read:statuses", "read")]
    [InlineData("read:statuses", "read:accounts")]
    [InlineData("push", "read")]
    [InlineData("profile", "read:accounts")]
    [InlineData("read write follow", "admin:read")]
    public void A_child_covers_neither_its_parent_nor_its_siblings(string scopes, string wanted) =>
        Assert.False(Granted(scopes, wanted));

    [Fact]
    public void All_scopes_of_the_reference_are_known()
    {
        Assert.Equal(31, Scopes.All.Count);
        Assert.All(Scopes.All, scope => Assert.True(Scopes.IsKnown(scope)));
        Assert.False(Scopes.IsKnown("read:everything"));
        Assert.False(Scopes.IsKnown("READ"));
    }

    [Theory]
    [InlineData(null, "read")]
    [InlineData("", "read")]
    [InlineData("read write follow push", "read write follow push")]
    [InlineData("read+write", "read write")]
    [InlineData(" write  read write ", "write read")]
    public void A_request_for_scopes_is_taken_apart(string? text, string expected) =>
        Assert.Equal(expected, Scopes.Format(Scopes.Parse(text)));

    [Fact]
    public void An_application_is_granted_what_it_registered_and_no_more()
    {
        var registered = Scopes.Parse("read write:statuses");

        Assert.True(Scopes.Granted(registered, Scopes.Parse("read:accounts write:statuses")));
        Assert.False(Scopes.Granted(registered, Scopes.Parse("read write")));
    }

    private static bool Granted(string scopes, string wanted) => Scopes.Granted(Scopes.Parse(scopes), wanted);
}
