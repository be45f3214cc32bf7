using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Tests.Worlds;

public sealed class ParetoGraphTests
{
    private const int People = 5_000;
    private const double Mean = 40;

    private readonly FollowGraph _graph = ParetoGraph.Make(People, Mean, alpha: 2.1, seed: 1);

    [Fact]
    public void The_mean_is_what_was_asked_for() =>
        Assert.InRange(_graph.FollowsCount / (double)People, Mean * .9, Mean * 1.1);

    [Fact]
    public void A_few_have_most_of_the_followers()
    {
        var counts = Enumerable.Range(0, People).Select(_graph.FollowersCount).OrderDescending().ToArray();

        Assert.InRange(counts[People / 2], 5, 25);
        Assert.InRange(counts[0], 20 * Mean, People);
        Assert.InRange(counts.Take(People / 100).Sum() / (double)_graph.FollowsCount, .1, .6);
    }

    [Fact]
    public void The_tail_has_the_exponent_that_was_asked_for()
    {
        // Hill's estimate from the top five of a hundred; the very top is cut off and left out.
        var top = Enumerable.Range(0, People).Select(_graph.FollowersCount).OrderDescending()
            .Skip(5).Take(People / 20).Select(count => (double)count).ToArray();
        var alpha = 1 + (top.Length / top.Sum(count => Math.Log(count / top[^1])));

        Assert.InRange(alpha, 1.8, 2.5);
    }

    [Fact]
    public void Nobody_follows_himself_or_somebody_twice()
    {
        for (var person = 0; person < People; person++)
        {
            var followers = _graph.FollowersOf(person).ToArray();

            Assert.Equal(followers.Distinct().Order(), followers);
            Assert.DoesNotContain(person, followers);
        }
    }

    [Fact]
    public void Followers_come_each_once_and_not_in_the_order_in_which_they_joined()
    {
        for (var person = 0; person < People; person++)
        {
            var arrivals = _graph.Arrivals(person);

            Assert.Equal(_graph.FollowersOf(person), [.. arrivals.Order()]);
            for (var i = 1; i < arrivals.Length; i++)
                Assert.Equal(_graph.PositionOf(arrivals[i - 1], person) + 1, _graph.PositionOf(arrivals[i], person));
            if (arrivals.Length > 100)
                Assert.True(arrivals.Zip(arrivals[1..]).Count(pair => pair.First > pair.Second) > 30);
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_graph()
    {
        var again = ParetoGraph.Make(People, Mean, alpha: 2.1, seed: 1);
        var other = ParetoGraph.Make(People, Mean, alpha: 2.1, seed: 2);

        Assert.Equal(Bytes(_graph), Bytes(again));
        Assert.NotEqual(Bytes(_graph), Bytes(other));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var stream = new MemoryStream(Bytes(_graph));

        Assert.Equal(Bytes(_graph), Bytes(FollowGraph.Read(stream)));
    }

    private static byte[] Bytes(FollowGraph graph)
    {
        using var stream = new MemoryStream();
        graph.Write(stream);
        return stream.ToArray();
    }
}
