using Microblog.LoadTest.Planning;
using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Tests.Planning;

public sealed class PlanRunsTests
{
    private static readonly TrafficOptions Searched = AReport.Of(400).Traffic;

    [Fact]
    public void All_of_them_tell_the_limit_without_knowing_it()
    {
        var searched = AReport.Of(400) with { Limit = new("read.p99<=50", 400, []) };
        var runs = PlanRuns.Of(Searched, limit: 400).Values
            .Select(traffic => AReport.Of(400) with { Traffic = traffic })
            .ToArray();

        Assert.Equal(runs, PlanCommand.Below(searched, [searched, .. runs]));
    }

    [Fact]
    public void They_differ_in_rate_and_in_mix_and_in_followers()
    {
        var runs = PlanRuns.Of(Searched, limit: 400).Values.ToArray();

        Assert.True(runs.DistinctBy(run => run.Rate).Count() >= 3);
        Assert.Equal(3, runs.DistinctBy(run => run.Mix).Count());
        Assert.Equal(2, runs.DistinctBy(run => run.FanOutMean).Count());
        Assert.All(runs, run => Assert.InRange(run.Rate, 1, 399));
        Assert.All(runs, run => _ = new Mix(run.Mix));
    }

    [Fact]
    public void A_plan_is_made_from_those_of_this_machine_where_there_are_any()
    {
        var output = Directory.CreateTempSubdirectory().FullName;
        Assert.NotEmpty(Directory.EnumerateFiles(PlanCommand.Known(output)));

        var own = Directory.CreateDirectory(Path.Combine(output, PlanRuns.Folder));

        Assert.Equal(own.FullName, PlanCommand.Known(output));
        Directory.Delete(output, recursive: true);
    }

    [Fact]
    public void Each_is_long_enough_for_some_windows()
    {
        var runs = PlanRuns.Of(Searched with { Length = TimeSpan.FromSeconds(1) }, limit: 400);

        Assert.All(runs.Values, run => Assert.Equal(TimeSpan.FromSeconds(20), run.Length));
    }
}
