using Microblog.LoadTest.Measuring;

namespace Microblog.Bench.Reading;

/// <summary>What was answered, and how fast.</summary>
internal sealed record LoopResult(Histogram Latency, TimeSpan Took)
{
    public double PerSecond => Latency.Count / Took.TotalSeconds;
}
