using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Tests.Traffic;

public sealed class ActivityTests
{
    private static readonly FollowGraph Graph = ParetoGraph.Make(3_000, 30, alpha: 2.1, seed: 1);

    [Fact]
    public void A_post_has_the_mean_fan_out_that_was_asked_for()
    {
        var activity = new Activity(Graph, zipf: .9, fanOutMean: 75, seed: 1);
        var random = new Random(1);

        var mean = Enumerable.Range(0, 50_000).Average(_ => Graph.FollowersCount(activity.Author(random)));

        Assert.Equal(75, activity.FanOutMean, tolerance: .01);
        Assert.InRange(mean, 70, 80);
    }

    [Fact]
    public void Few_do_most()
    {
        var activity = new Activity(Graph, zipf: 1, fanOutMean: 75, seed: 1);
        var random = new Random(1);

        var busiest = Enumerable.Range(0, 20_000).Select(_ => activity.Reader(random))
            .CountBy(reader => reader).OrderByDescending(reader => reader.Value).Take(30);

        // Of 3,000 people the first hundredth: H(30) / H(3000).
        Assert.InRange(busiest.Sum(reader => reader.Value) / 20_000.0, .42, .52);
    }

    [Fact]
    public void With_the_exponent_zero_everybody_is_equally_busy()
    {
        var activity = new Activity(Graph, zipf: 0, fanOutMean: 0, seed: 1);
        var random = new Random(1);

        var readers = Enumerable.Range(0, 30_000).Select(_ => activity.Reader(random)).Distinct();

        Assert.InRange(readers.Count(), 2_990, 3_000);
    }
}
