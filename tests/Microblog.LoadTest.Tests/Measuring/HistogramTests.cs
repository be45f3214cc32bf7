using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest.Tests.Measuring;

public sealed class HistogramTests
{
    [Fact]
    public void Every_quantile_is_known_to_three_digits()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 20_000).Select(_ => Math.Exp(random.NextDouble() * 15)).Order().ToArray();
        var histogram = Of(values);

        foreach (var quantile in (double[])[.001, .1, .5, .9, .99, .999, 1])
        {
            var exact = values[(int)Math.Ceiling(quantile * values.Length) - 1] / 1e3;
            Assert.InRange(histogram.Milliseconds(quantile), (exact * .999) - .001, (exact * 1.001) + .001);
        }
    }

    [Fact]
    public void Merged_histograms_are_as_if_one_had_counted_all()
    {
        var (slow, fast) = (Of([5_000, 7_000_000]), Of([1, 2, 3]));

        fast.Add(slow);

        Assert.Equal(Of([1, 2, 3, 5_000, 7_000_000]).Snapshot(), fast.Snapshot(), Same);
        Assert.Equal(7_000, fast.MaxMilliseconds);
    }

    [Fact]
    public void More_than_an_hour_counts_as_an_hour() =>
        Assert.Equal(3_600_000, Of([1e12]).Milliseconds(1));

    [Fact]
    public void An_empty_one_knows_nothing() => Assert.Equal(double.NaN, new Histogram().Milliseconds(.5));

    private static bool Same(HistogramSnapshot one, HistogramSnapshot other) =>
        one.Indexes.SequenceEqual(other.Indexes) && one.Counts.SequenceEqual(other.Counts)
        && one.SumMicroseconds == other.SumMicroseconds && one.MaxMicroseconds == other.MaxMicroseconds;

    private static Histogram Of(double[] microseconds)
    {
        var histogram = new Histogram();
        foreach (var value in microseconds)
            histogram.Record(TimeSpan.FromTicks((long)Math.Round(value) * TimeSpan.TicksPerMicrosecond));
        return histogram;
    }
}
