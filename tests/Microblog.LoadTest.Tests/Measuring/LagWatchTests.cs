using System.Diagnostics;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Tests.Measuring;

public sealed class LagWatchTests
{
    [Fact]
    public async Task The_first_is_whoever_can_read_a_post_sooner_and_the_last_the_other()
    {
        var graph = FollowGraph.Of(3, [(0, 2), (1, 2)]);
        var people = Enumerable.Range(0, 3).Select(i => new Person(i, $"person{i}", "token")).ToArray();
        var recorder = new Recorder();
        // Who comes first in the list gets it later.
        var probe = new Probe(lateId: graph.FollowersOf(2)[0]);
        var watch = new LagWatch(
            probe, new(new(3, 1, 2.1, Seed: 1, Graph: null), people, graph), recorder, TimeProvider.System);
        var now = Stopwatch.GetTimestamp();

        await watch.Watch(new(Id: 1, Author: 2, PostKind.Post, Target: null, now), now, CancellationToken.None);

        Assert.Equal((1, 1), (recorder.LagFirst.Count, recorder.LagLast.Count));
        Assert.True(2 * recorder.LagFirst.Milliseconds(1) < recorder.LagLast.Milliseconds(1));
    }

    private sealed class Probe(long lateId) : ITimelineProbe
    {
        private int _looks;

        public TimeSpan Interval => TimeSpan.FromMilliseconds(20);

        public Task<bool> Shows(Person reader, long postId, CancellationToken cancellationToken) =>
            Task.FromResult(reader.Id != lateId || ++_looks > 3);
    }
}
