using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest.Reporting;

/// <summary>From a POST until a follower can read it, of the posts that were watched.</summary>
/// <param name="First">From the intended time, to the first follower in the order of paging.</param>
/// <param name="Last">From the intended time, to the last follower.</param>
/// <param name="AfterAnswer">From the answer, to the last follower.</param>
/// <param name="Unseen">Posts for which watching was given up.</param>
public sealed record LagResult(
    HistogramSnapshot First, HistogramSnapshot Last, HistogramSnapshot AfterAnswer, long Unseen);
