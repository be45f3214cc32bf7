using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Planning;

/// <summary>
/// What is run besides the search for a limit, so that a plan knows this machine: other rates, and other mixes, without
/// which what a post costs could not be told from what a read does.
/// </summary>
public static class PlanRuns
{
    /// <summary>Where the reports are, within the folder of the search's own.</summary>
    public const string Folder = "plan";

    private static readonly TimeSpan LengthMin = TimeSpan.FromSeconds(20);

    /// <summary>What to run, by the name of its report.</summary>
    /// <param name="searched">The traffic whose limit was searched.</param>
    /// <param name="limit">Operations per second that kept the objective.</param>
    public static IReadOnlyDictionary<string, TrafficOptions> Of(TrafficOptions searched, double limit)
    {
        var usual = searched with
        {
            Rate = 0.85 * limit,
            Length = searched.Length > LengthMin ? searched.Length : LengthMin,
        };
        return new Dictionary<string, TrafficOptions>
        {
            ["close-below"] = usual,
            ["three-quarters"] = usual with { Rate = 0.7 * limit },
            ["reads"] = usual with { Mix = "post=2,read=90,favourite=8" },
            ["wide-posts"] = usual with
            {
                Rate = limit / 6,
                Mix = "post=60,read=40",
                FanOutMean = 4 * searched.FanOutMean,
            },
        };
    }
}
