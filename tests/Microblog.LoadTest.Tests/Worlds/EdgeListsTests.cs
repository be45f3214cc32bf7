using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Tests.Worlds;

public sealed class EdgeListsTests
{
    [Fact]
    public void The_first_of_a_pair_follows_the_second()
    {
        var graph = Read("# FromNodeId ToNodeId\n7 900\n8\t900\n900 7\n");

        Assert.Equal(3, graph.PeopleCount);
        Assert.Equal(3, graph.FollowsCount);
        Assert.True(graph.Follows(follower: 0, followee: 1));
        Assert.True(graph.Follows(follower: 2, followee: 1));
        Assert.False(graph.Follows(follower: 0, followee: 2));
    }

    [Fact]
    public void A_matrix_has_a_line_with_its_size()
    {
        var graph = Read("%%MatrixMarket matrix coordinate pattern general\n% drawn by hand\n3 3 2\n1 2\n3 2\n");

        Assert.Equal(3, graph.PeopleCount);
        Assert.Equal(2, graph.FollowersCount(1));
    }

    [Fact]
    public void In_a_symmetric_matrix_both_follow_each_other()
    {
        var graph = Read("%%MatrixMarket matrix coordinate integer symmetric\n2 2 1\n2 1 5\n");

        Assert.True(graph.Follows(0, 1));
        Assert.True(graph.Follows(1, 0));
    }

    [Fact]
    public void Who_follows_twice_or_himself_counts_once_or_not_at_all() =>
        Assert.Equal(1, Read("1 2\n1 2\n1 1\n").FollowsCount);

    [Fact]
    public void A_line_that_is_no_pair_is_named()
    {
        var complaint = Assert.Throws<InvalidDataException>(() => Read("1 2\nalice bob\n"));

        Assert.Contains("Line 2", complaint.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3 3\n1 2\n", "size")]
    [InlineData("3 3 1\n1 4\n", "outside")]
    [InlineData("3 3 2\n1 2\n", "2 entries, and has 1")]
    public void A_matrix_that_is_not_what_it_says_is_refused(string matrix, string reason)
    {
        var complaint = Assert.Throws<InvalidDataException>(
            () => Read("%%MatrixMarket matrix coordinate pattern general\n" + matrix));

        Assert.Contains(reason, complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_graph_is_named_with_what_is_wanted()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "alice follows bob\n");

        var complaint = Assert.Throws<CommandLineException>(() => EdgeLists.Read(path));
        File.Delete(path);

        Assert.StartsWith(path, complaint.Message, StringComparison.Ordinal);
        Assert.Contains("Line 1", complaint.Message, StringComparison.Ordinal);
        Assert.Contains("Matrix Market", complaint.Message, StringComparison.Ordinal);
    }

    private static FollowGraph Read(string text) => EdgeLists.Read(new StringReader(text));
}
