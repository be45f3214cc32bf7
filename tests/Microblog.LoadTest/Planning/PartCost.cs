namespace Microblog.LoadTest.Planning;

/// <summary>What one part costs: cores when idle, and seconds of CPU for each piece of work.</summary>
/// <param name="Explained">The share of what varied between windows that this explains.</param>
public sealed record PartCost(
    double Idle, double Post, double Delivery, double Read, double Mark, double Explained)
{
    // Columns of Work.ToRow that a part has to do with: idle, posts, deliveries, reads, marks. Posts and reads rise
    // together when the rate does; without this a fit would charge FanOut for reads.
    private static readonly Dictionary<string, double[]> Concerns = new()
    {
        ["ingest"] = [1, 1, 0, 0, 1],
        ["follow-graph"] = [1, 1, 1, 0, 1],
        ["fan-out"] = [1, 1, 1, 0, 0],
        ["timeline"] = [1, 1, 0, 1, 1],
        ["gateway"] = [1, 1, 0, 1, 1],
        ["rabbitmq"] = [1, 1, 1, 0, 1],
        ["postgres"] = [1, 1, 0, 0, 1],
    };

    private static readonly double[] Everything = [1, 1, 1, 1, 1];

    public static PartCost Fit(IReadOnlyList<Window> windows, string part)
    {
        var concerns = Concerns.GetValueOrDefault(part, Everything);
        var rows = windows
            .Select(window => window.Work.ToRow().Zip(concerns, (amount, isIts) => amount * isIts).ToArray())
            .ToArray();
        var cores = windows.Select(window => window.Cores.GetValueOrDefault(part)).ToArray();
        var fitted = LeastSquares.Fit(rows, cores);
        return new(
            fitted[0], fitted[1], fitted[2], fitted[3], fitted[4], LeastSquares.Explained(rows, cores, fitted));
    }

    /// <summary>Cores kept busy, without what an idle process uses.</summary>
    public double Cores(Work work) =>
        (Post * work.Posts) + (Delivery * work.Deliveries) + (Read * work.Reads) + (Mark * work.Marks);
}
