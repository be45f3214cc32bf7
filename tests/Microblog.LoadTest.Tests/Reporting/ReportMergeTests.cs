using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Tests.Reporting;

public sealed class ReportMergeTests
{
    [Fact]
    public void Counts_are_added_and_percentiles_are_those_of_all()
    {
        var slow = AReport.Of(shard: 1, shards: 2, readMilliseconds: [.. Enumerable.Repeat(900.0, 10)]);
        var fast = AReport.Of(shard: 2, shards: 2, readMilliseconds: [.. Enumerable.Repeat(10.0, 90)]);

        var merged = ReportMerge.Merge([slow, fast]);

        var reads = new Histogram();
        reads.Add(merged.Operations["read"].Latency);
        Assert.Equal(100, merged.Operations["read"].Done);
        Assert.Equal(10, reads.Milliseconds(.9), tolerance: .1);
        Assert.Equal(900, reads.Milliseconds(.91), tolerance: 1);
        Assert.Equal(slow.Offered + fast.Offered, merged.Offered);
        Assert.Equal(slow.Moments[7].Posts + fast.Moments[7].Posts, merged.Moments[7].Posts);
        Assert.Equal(200, merged.Check.Expected);
    }

    [Fact]
    public void The_same_shard_twice_is_refused() =>
        Assert.Throws<CommandLineException>(() => ReportMerge.Merge([AReport.Of(), AReport.Of()]));

    [Fact]
    public void Runs_of_different_rates_are_refused() => Assert.Throws<CommandLineException>(
        () => ReportMerge.Merge([AReport.Of(rate: 100, shard: 1), AReport.Of(rate: 200, shard: 2)]));
}
