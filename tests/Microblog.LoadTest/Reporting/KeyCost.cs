namespace Microblog.LoadTest.Reporting;

/// <summary>What keys of one kind cost in Redis: a straight line through samples.</summary>
/// <param name="ItemsMean">Entries of a list, fields of a hash; 1 for a string.</param>
public sealed record KeyCost(int Sampled, double ItemsMean, double BytesMean, double BytesFixed, double BytesPerItem)
{
    public static KeyCost Fit(IReadOnlyList<(double Items, double Bytes)> samples)
    {
        var (items, bytes) = (samples.Average(one => one.Items), samples.Average(one => one.Bytes));
        var spread = samples.Sum(one => (one.Items - items) * (one.Items - items));
        var slope = spread > 0 ? samples.Sum(one => (one.Items - items) * (one.Bytes - bytes)) / spread : 0;
        return new(samples.Count, items, bytes, bytes - (slope * items), slope);
    }
}
