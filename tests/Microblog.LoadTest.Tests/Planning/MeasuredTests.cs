using Microblog.LoadTest.Planning;
using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Tests.Planning;

/// <summary>The reports that plans are made from unless others are named.</summary>
public sealed class MeasuredTests
{
    private static readonly LoadReport[] Reports =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Measured")).Order().Select(LoadReport.Read),
    ];

    [Fact]
    public void What_was_measured_below_the_limit_tells_where_it_is()
    {
        var searched = Reports.Single(report => report.Limit is not null);
        var costs = CostModel.Fit(PlanCommand.Below(searched, Reports));

        var (rate, _) = PlanCommand.LimitOf(searched, costs);

        Assert.InRange(rate / searched.Limit!.Rate, .7, 1.3);
    }

    [Fact]
    public void In_all_of_them_nothing_was_missing_or_doubled() =>
        Assert.All(Reports, report => Assert.True(report.Check.IsClean));

    [Fact]
    public void They_know_what_is_stored() =>
        Assert.Contains(Reports, report => report.Storage is { RedisKeys.Count: > 5 });
}
