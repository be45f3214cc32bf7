using System.Numerics;

namespace Microblog.LoadTest.Measuring;

/// <summary>
/// Counts of durations in microseconds, in steps that grow with the value, as Gil Tene's HdrHistogram keeps them: any
/// quantile is known to three significant digits, from a microsecond to an hour, in constant memory, and two histograms
/// are merged without loss. May be written from many threads.
/// </summary>
public sealed class Histogram
{
    /// <summary>Values below 2^11 are exact, above it each power of two has 2^10 steps.</summary>
    private const int ExactBits = 11;

    private const int StepsPerPower = 1 << (ExactBits - 1);
    private const long ValueMax = 3_600_000_000;

    private static readonly int Length = Index(ValueMax) + 1;

    private readonly long[] _counts = new long[Length];
    private long _max;
    private long _sum;

    public long Count => _counts.Sum();

    public double MaxMilliseconds => Interlocked.Read(ref _max) / 1e3;

    /// <summary>NaN when there are none.</summary>
    public double MeanMilliseconds => Interlocked.Read(ref _sum) / 1e3 / Count;

    public void Record(TimeSpan duration)
    {
        var value = Math.Clamp(duration.Ticks / TimeSpan.TicksPerMicrosecond, 0, ValueMax);
        Interlocked.Increment(ref _counts[Index(value)]);
        Interlocked.Add(ref _sum, value);
        var max = Interlocked.Read(ref _max);
        while (value > max)
            max = Math.Max(value, Interlocked.CompareExchange(ref _max, value, max));
    }

    /// <summary>The value that this share of all does not exceed; NaN when there are none.</summary>
    public double Milliseconds(double quantile)
    {
        var count = Count;
        if (count == 0)
            return double.NaN;
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * count));
        var index = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[index])
            index++;
        return Math.Min(Highest(index), Interlocked.Read(ref _max)) / 1e3;
    }

    public void Add(Histogram other) => Add(other.Snapshot());

    public void Add(HistogramSnapshot snapshot)
    {
        foreach (var (index, count) in snapshot.Indexes.Zip(snapshot.Counts))
            Interlocked.Add(ref _counts[index], count);
        Interlocked.Add(ref _sum, snapshot.SumMicroseconds);
        _max = Math.Max(_max, snapshot.MaxMicroseconds);
    }

    public HistogramSnapshot Snapshot()
    {
        var filled = Enumerable.Range(0, Length).Where(index => _counts[index] > 0).ToArray();
        return new(
            filled,
            [.. filled.Select(index => _counts[index])],
            Interlocked.Read(ref _sum),
            Interlocked.Read(ref _max));
    }

    private static int Index(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - (ExactBits - 1));
        return (shift * StepsPerPower) + (int)(value >> shift);
    }

    /// <summary>The highest value that is counted there.</summary>
    private static long Highest(int index)
    {
        var shift = Math.Max(0, (index / StepsPerPower) - 1);
        return ((index - ((long)shift * StepsPerPower) + 1) << shift) - 1;
    }
}
