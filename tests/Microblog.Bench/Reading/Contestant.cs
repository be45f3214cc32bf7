using Microblog.LoadTest.Measuring;

namespace Microblog.Bench.Reading;

/// <summary>Somebody who is read from as fast as can be, and what it costs.</summary>
/// <param name="requests">Sent in turn.</param>
/// <param name="readCpu">Seconds of CPU of the processes that answer, Redis included.</param>
internal sealed class Contestant(ClosedLoop loop, IReadOnlyList<byte[]> requests, Func<double> readCpu)
{
    public async Task<Answered> Measure(TimeSpan length, CancellationToken cancellationToken)
    {
        var before = readCpu();
        var result = await loop.Run(requests, length, cancellationToken);
        return new(result.PerSecond, (readCpu() - before) / result.Latency.Count * 1e6, result.Latency);
    }

    /// <param name="CpuMicroseconds">For one request.</param>
    internal sealed record Answered(double PerSecond, double CpuMicroseconds, Histogram Latency);
}
